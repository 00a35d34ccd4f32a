using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What every page of one application begins with: is it there for this person, and what may they do. Who may not see it gets what nobody gets.</summary>
public abstract class ApplicationPage : AdminPage
{
    /// <summary>Answers of forms that lead back to a page; anything else in the address says nothing.</summary>
    private static readonly HashSet<string> Answers =
        ["started", "saved", "invited", "account_added", "removed", "secret_revoked", "secret_ends", "key_set", "key_waits", "key_confirmed", "key_dropped", "requested", "withdrawn", "commented", "approved", "refused", "live", "confirmed", "closing_asked"];

    [FromRoute] public Guid Id { get; set; }

    public ReachedApplication Reached { get; set; } = null!;
    public Application Application => Reached.Application;

    /// <summary>What is wrong with the client's document, in the words of those who read documents.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; set; } = [];

    /// <summary>What somebody else changed while this form was open.</summary>
    public IReadOnlyList<DiffLine> Changes { get; set; } = [];

    public override string? FieldOf(string fault) => fault switch
    {
        "apps.refusal.NameIsMissing" => "name-vi",
        "apps.refusal.PurposeIsMissing" => "purpose-vi",
        "apps.refusal.UnitIsNotYours" => "unit",
        "apps.refusal.SecondOwnerIsMissing" or "apps.refusal.SecondOwnerIsYou" => "second",
        "apps.refusal.AddressIsMissing" => "redirects",
        "apps.refusal.ContactIsMissing" => "contact",
        "apps.refusal.KeyOfItsOwnIsMissing" => "key-Made",
        "apps.refusal.MailIsWrong" or "apps.refusal.IsMemberAlready" => "mail",
        "apps.refusal.ContactIsWrong" => "contact",
        "apps.refusal.WhyUnusedIsMissing" => "why",
        "apps.refusal.NoSuchAccount" => "account",
        "apps.refusal.ReasonIsMissing" => "reason",
        "apps.refusal.NextStepIsMissing" => "next-step",
        _ when fault.StartsWith("look.logo_fault.", StringComparison.Ordinal) => "logo",
        _ => null,
    };

    public bool May(ApplicationRights right) => Reached.May(right);

    protected async Task<bool> OpenAsync(ApplicationAccess access, string? done, CancellationToken ct)
    {
        if (await access.FindAsync(Actor, Id, ct) is not { } reached) return false;
        Reached = reached;
        if (done is not null && Answers.Contains(done)) Done = $"apps.done.{done}";
        return true;
    }

    /// <summary>To a page that says what was done, so that a reload does not do it again.</summary>
    protected IActionResult SeeOther(string path, string? done = null)
    {
        HttpContext.SeeOther(done is null ? path : $"{path}?done={done}");
        return new EmptyResult();
    }

    /// <summary>Where this host has the picture of what is shown here, for those who may see the page.</summary>
    public string LogoAddress => $"{HttpContext.Request.Path}?handler=Logo";

    private protected IActionResult Picture(ClientLogo? logo) => logo is null ? NotFound() : new LogoResult(logo);

    /// <summary>Why nothing was done; null when it was. What is not there is answered as such.</summary>
    protected IActionResult? Explain(ApplicationOutcome outcome)
    {
        switch (outcome)
        {
            case ApplicationOutcome.Done: return null;
            case ApplicationOutcome.Refused { Why: ApplicationRefusal.NotThere }: return NotFound();
            case ApplicationOutcome.Refused { Why: ApplicationRefusal.NotAllowed }: return StatusCode(StatusCodes.Status403Forbidden);
            case ApplicationOutcome.Refused refused: Faults.Add($"apps.refusal.{refused.Why}"); break;
            case ApplicationOutcome.Unsound unsound:
                Errors = unsound.Errors;
                Faults.Add("apps.unsound");
                break;
        }
        return Page();
    }

    internal static IReadOnlyList<string> Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    internal static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().Normalize();

    internal static LocalizedText? Both(string? vi, string? en) => OrNull(vi) is { } first ? new LocalizedText(first, OrNull(en) ?? first) : null;
}

/// <summary>A page that shows a part of the sandbox client's document, with the version it was made from.</summary>
public abstract class SettingsPage : ApplicationPage
{
    public Client Client { get; set; } = null!;

    /// <summary>That the form was made from; a form that came back after a sign-in still says so.</summary>
    [BindProperty(SupportsGet = true)] public int Version { get; set; }

    public bool MayChange => May(ApplicationRights.Develop);

    /// <summary>People sign in to it, so there is something that they read.</summary>
    public bool SignsIn => Client.Allows(GrantType.AuthorizationCode);

    /// <summary>The client as it would be with what is typed; null unless that is looked at.</summary>
    public Client? Typed { get; private set; }

    protected async Task<IActionResult> ShowAsync(ApplicationAccess access, ClientDocuments documents, string? done, CancellationToken ct)
    {
        if (!await OpenAsync(access, done, ct) || await documents.FindAsync(Application.SandboxClientId, ct) is not { } stored) return NotFound();
        Client = stored.Client;
        if (!FormCameBack) Version = stored.Version;
        return Page();
    }

    /// <summary>Nothing that a stranger sends is looked at. The version stays the one that the form was made from.</summary>
    /// <returns>Null when the form may be looked at.</returns>
    protected async Task<IActionResult?> RefuseAsync(ApplicationAccess access, ClientDocuments documents, CancellationToken ct)
    {
        var madeFrom = Version;
        if (await ShowAsync(access, documents, null, ct) is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult) return NotFound();
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        Version = madeFrom;
        return null;
    }

    /// <summary>The same page with what was typed, and with what people would read of it. Nothing is saved, so nothing is judged.</summary>
    protected IActionResult ShowTyped(Client typed)
    {
        (Typed, Done) = (typed, "preview.done");
        return Page();
    }

    /// <summary>After a form: back to the page, or the same page with what was typed and what is in the way.</summary>
    protected async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, ApplicationAccess access, ClientDocuments documents, string path, CancellationToken ct)
    {
        if (outcome is ApplicationOutcome.Done or ApplicationOutcome.Refused { Why: ApplicationRefusal.NothingToChange }) return SeeOther(path, "saved");
        var madeFrom = Version;
        if (await ShowAsync(access, documents, null, ct) is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult) return NotFound();
        if (outcome is ApplicationOutcome.Refused { Why: ApplicationRefusal.ChangedMeanwhile } && await documents.FindAsync(Client.ClientId, madeFrom, ct) is { } before)
            Changes = LineDiff.Between(ConfigurationWriter.Write(before), ConfigurationWriter.Write(Client));
        else if (outcome is not ApplicationOutcome.Refused { Why: ApplicationRefusal.ChangedMeanwhile }) Version = madeFrom;
        return Explain(outcome)!;
    }
}
