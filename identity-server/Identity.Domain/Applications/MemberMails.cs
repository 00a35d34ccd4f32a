using Identity.Domain.Mail;
using Identity.Domain.Privacy;

namespace Identity.Domain.Applications;

/// <summary>Addresses of people who are expected in a team: sealed at rest, found by a keyed digest, written to when there is something to say.</summary>
public sealed class MemberMails(PersonalDataVault vault, MailQueue queue)
{
    public string DigestOf(string mail) => vault.Digest(VaultPurpose.MemberMailLookup, mail.Trim().ToLowerInvariant());

    public string Seal(Guid applicationId, string mail) => vault.Seal(VaultPurpose.MemberMail, $"{applicationId:N}", mail);

    public string Open(ApplicationMember member) => member.SealedMail is { } box ? vault.Open(VaultPurpose.MemberMail, $"{member.ApplicationId:N}", box) : "";

    /// <summary>Sent when the caller commits.</summary>
    public void Invite(Application application, string mail) =>
        queue.Add(MailTemplate.ApplicationInvitation, mail, language: null, new Dictionary<string, string> { ["application"] = application.NameVi });
}
