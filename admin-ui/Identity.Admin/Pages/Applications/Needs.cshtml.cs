using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What the application asks for, with a reason for each attribute; and what people will read of it.</summary>
[NeedsSignIn]
public sealed class NeedsModel : SettingsPage
{
    [BindProperty(SupportsGet = true)] public NeedsInput Input { get; set; } = new();

    public IReadOnlyList<Scope> Scopes { get; private set; } = [];

    /// <summary>Attributes that the chosen scopes carry, and those that already have a reason.</summary>
    public IReadOnlyList<ReasonInput> Reasons { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, [FromServices] ClientRegistry registry, string? done, CancellationToken ct)
    {
        var result = await ShowAsync(access, documents, done, ct);
        if (Client is null) return result;
        if (!FormCameBack) Input = new()
        {
            Scopes = [.. Client.Scopes], Release = [.. Client.Release.Select(ReasonInput.Of)], RetentionVi = Client.Retention?.Vi, RetentionEn = Client.Retention?.En,
        };
        Offer(registry);
        return result;
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationSettings settings, [FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents,
        [FromServices] ClientRegistry registry, CancellationToken ct)
    {
        var result = await AnswerAsync(await settings.ChangeNeedsAsync(Actor, Id, Version, Needs(registry), ct), access, documents, $"/apps/{Id}/needs", ct);
        if (Client is not null) Offer(registry);
        return result;
    }

    public async Task<IActionResult> OnPostPreviewAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, [FromServices] ClientRegistry registry, CancellationToken ct)
    {
        if (await RefuseAsync(access, documents, ct) is { } refused) return refused;
        Offer(registry);
        return ShowTyped(Needs(registry).On(Client, registry));
    }

    private NeedsOfApplication Needs(ClientRegistry registry)
    {
        var carried = Carried(registry).ToHashSet(StringComparer.Ordinal);
        return new([.. Input.Scopes.Distinct(StringComparer.Ordinal)], [.. Input.Release.Where(r => r.Claim is { } claim && carried.Contains(claim) && !r.IsEmpty).Select(r => r.ToRelease())], Both(Input.RetentionVi, Input.RetentionEn));
    }

    private void Offer(ClientRegistry registry)
    {
        Scopes = [.. registry.Document.Scopes.Where(s => Fits(registry, s))];
        Reasons = [.. Carried(registry).Select(claim => Input.Release.FirstOrDefault(r => r.Claim == claim) ?? new ReasonInput { Claim = claim })];
    }

    /// <summary>A machine asks for rights at APIs, people's applications for both.</summary>
    private bool Fits(ClientRegistry registry, Scope scope) => Client.ApplicationType != ApplicationType.Machine || registry.Document.Resources.Any(r => r.Scopes.Contains(scope.Name));

    private IReadOnlyList<string> Carried(ClientRegistry registry) => CarriedClaims.Of(registry, Input.Scopes);
}

public sealed record NeedsInput
{
    public IList<string> Scopes { get; set; } = [];
    public IList<ReasonInput> Release { get; set; } = [];
    public string? RetentionVi { get; set; }
    public string? RetentionEn { get; set; }
}

public sealed record ReasonInput
{
    public string? Claim { get; set; }
    public DataRelease Kind { get; set; }
    public string? PurposeVi { get; set; }
    public string? PurposeEn { get; set; }
    public string? LawVi { get; set; }
    public string? LawEn { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(PurposeVi) && string.IsNullOrWhiteSpace(LawVi) && Kind == DataRelease.Consent;

    public static ReasonInput Of(AttributeRelease release) => new()
    {
        Claim = release.Claim, Kind = release.Kind, PurposeVi = release.Purpose?.Vi, PurposeEn = release.Purpose?.En, LawVi = release.LegalBasis?.Vi, LawEn = release.LegalBasis?.En,
    };

    public AttributeRelease ToRelease() => new(Claim!, Kind) { Purpose = ApplicationPage.Both(PurposeVi, PurposeEn), LegalBasis = ApplicationPage.Both(LawVi, LawEn) };
}
