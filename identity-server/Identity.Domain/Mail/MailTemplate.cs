namespace Identity.Domain.Mail;

/// <summary>
/// Which letter: the stem of its texts (<c>{Name}.subject</c>, <c>{Name}.what</c>, and <c>{Name}.next</c> where there is something to do), how
/// urgent it is and how long it is worth sending. The words are the host's; a row holds the name and the values that go into them.
/// </summary>
/// <param name="Lifetime">Afterwards the mail is not sent any more, whatever happened.</param>
public sealed record MailTemplate(string Name, MailUrgency Urgency, TimeSpan Lifetime)
{
    /// <summary>Value that stands large on a line of its own: a code to type.</summary>
    public const string CodeValue = "code";

    /// <summary>Value with the connector's name in the configuration; the letter says its display name as <c>{eid}</c>.</summary>
    public const string ConnectorValue = "connector";

    /// <summary>Value with the client's id; the letter says its name as <c>{app}</c>.</summary>
    public const string ClientValue = "client";

    /// <summary>A code to sign in with. Its life is that of the code: the caller says until when.</summary>
    public static readonly MailTemplate SignInCode = new("mail.sign_in_code", MailUrgency.Code, TimeSpan.FromMinutes(10));

    /// <summary>A code that proves an address to be the person's.</summary>
    public static readonly MailTemplate ContactCode = new("mail.contact_code", MailUrgency.Code, TimeSpan.FromMinutes(15));

    /// <summary>Somebody is expected in the team of an application; its name is the value <c>application</c>.</summary>
    public static readonly MailTemplate ApplicationInvitation = new("mail.application_invitation", MailUrgency.Work, TimeSpan.FromDays(7));

    /// <summary>Things end: the values <c>kind1</c>, <c>name1</c>, <c>at1</c> and so on, each a line in the words of its kind.</summary>
    public static readonly MailTemplate EndsSoon = new("mail.ends_soon", MailUrgency.Work, TimeSpan.FromDays(1));

    /// <summary>Owners are asked whether their applications are still in use; values as for <see cref="EndsSoon"/>.</summary>
    public static readonly MailTemplate StillUsed = new("mail.still_used", MailUrgency.Work, TimeSpan.FromDays(1));
}

/// <summary>Somebody sits and waits for a code; a notice may be a minute later.</summary>
public enum MailUrgency
{
    Code = 0,
    Notice = 1,

    /// <summary>For people at their desks: no news about their own account, so nothing to answer with "this was not me".</summary>
    Work = 2,
}
