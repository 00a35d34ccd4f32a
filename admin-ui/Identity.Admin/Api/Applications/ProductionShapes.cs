using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Configuration;
using Identity.Hosting.Language;

namespace Identity.Admin.Api;

/// <summary>The latest wish to go into production, and what both sides said of it.</summary>
public sealed record ShownRequest(Guid Id, RequestState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset DueAt, int SandboxVersion, string ClientId, ProductionAddresses Addresses, string Contact)
{
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }
    public string? NextStep { get; init; }
    public IReadOnlyList<ShownComment> Comments { get; init; } = [];

    /// <summary>What is judged, while it is.</summary>
    public ShownProduction? Production { get; init; }

    public static ShownRequest Of(ProductionRequest r, ProductionView view) =>
        new(r.Id, r.State, r.ServiceAccount is { } account ? AdminActor.NameOf(account) : AdminActor.NameOf(r.RequestedBy), r.RequestedAt, r.DueAt, r.SandboxVersion, r.ClientId, r.Addresses, r.Contact)
        {
            DecidedBy = r.DecidedBy is { } judge ? AdminActor.NameOf(judge) : null, DecidedAt = r.DecidedAt, Reason = r.Reason, NextStep = r.NextStep,
            Comments = [.. view.Comments.Select(c => new ShownComment(c.Item, c.FromReviewer, c.Text, c.At))],
            Production = r.IsPending && view.Proposal is not null ? ShownProduction.Of(view) : null,
        };
}

public sealed record ShownComment(ReviewItem Item, bool FromReviewer, string Text, DateTimeOffset At);

/// <param name="Changes">Line by line against what is in production, or against the sandbox the first time. Secrets are not in it.</param>
/// <param name="Errors">Why the document could not be written.</param>
public sealed record ShownProduction(IReadOnlyList<CheckedItem> Checklist, IReadOnlyList<DiffLine> Changes, IReadOnlyList<ConfigurationError> Errors)
{
    /// <summary>The application signs, and production has no key yet: the request has to name one.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Of the document that is shown here, once it is asked for.</summary>
    public string? Digest { get; init; }

    public static ShownProduction Of(ProductionView view) => new([.. view.Checklist.Select(c => new CheckedItem(c.Item) { Holds = c.Holds })], view.Changes, view.Proposal?.Problems ?? [])
    {
        NeedsKey = view.Proposal is { NeedsKey: true }, Digest = view.Read?.Digest,
    };
}

public sealed record CheckedItem(ReviewItem Item)
{
    /// <summary>Left out where only a human being can tell.</summary>
    public bool? Holds { get; init; }
}

public sealed record ProductionToPreview(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, string? BackchannelLogoutUri = null, string? InitiateLoginUri = null)
{
    public ProductionAddresses Read() => new(RedirectUris, PostLogoutRedirectUris, BackchannelLogoutUri, InitiateLoginUri);
}

/// <param name="Contact">Mail or telephone that somebody always answers.</param>
/// <param name="Jwks">A public key of production's own, or a set, where one is needed; or <paramref name="JwksUri"/>. Never one that the sandbox uses.</param>
public sealed record ProductionToAsk(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, string Contact, string? BackchannelLogoutUri = null, string? InitiateLoginUri = null, string? JwksUri = null, JsonElement? Jwks = null)
{
    public ProductionWish Read() => new(new(RedirectUris, PostLogoutRedirectUris, BackchannelLogoutUri, InitiateLoginUri), VisibleText.OneLine(Contact))
    {
        Key = Jwks is { } keys ? new KeyWish(KeySource.Uploaded, keys.GetRawText()) : JwksUri is { } address ? new KeyWish(KeySource.Address, address) : null,
    };

    public override string ToString() => "ProductionToAsk";
}

public sealed record CommentToMake(ReviewItem Item, string Text);

/// <summary>What was read: the request's id and the digest of its document. Anything else that stands there now does not go live by it.</summary>
public sealed record RequestToTakeLive(Guid Request, string Digest);

public sealed record LiveApplication(string ClientId)
{
    /// <summary>Where the client has a secret and had none before. It is kept nowhere.</summary>
    public string? Secret { get; init; }

    public override string ToString() => $"LiveApplication({ClientId})";
}
