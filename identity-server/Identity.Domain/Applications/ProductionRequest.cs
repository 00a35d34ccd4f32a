using System.Text.Json;

namespace Identity.Domain.Applications;

/// <summary>
/// The wish to take one version of the sandbox into production. What is judged stands still: the sandbox's version is pinned, and the
/// addresses are those of the request.
/// </summary>
public sealed class ProductionRequest
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid ApplicationId { get; init; }
    public RequestState State { get; set; }
    public Guid RequestedBy { get; init; }

    /// <summary>When a machine asked: whoever judges has to know that nobody looked at it before.</summary>
    public string? ServiceAccount { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Both sides see it: until then the owners have an answer.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Version of the sandbox client's document.</summary>
    public int SandboxVersion { get; init; }

    /// <summary>Under which it goes live; the application's own once it has one.</summary>
    public required string ClientId { get; init; }

    /// <summary>Of the document that was asked for, and once it is judged of the one that the reviewer read, without secrets: what goes live is this or nothing.</summary>
    public required string ProposalDigest { get; set; }

    /// <summary>One to a line.</summary>
    public required string RedirectUris { get; init; }

    public string? PostLogoutRedirectUris { get; init; }
    public string? BackchannelLogoutUri { get; init; }
    public string? InitiateLoginUri { get; init; }

    /// <summary>Public keys of production's own, for the first time; later they are changed apart from requests. A JWK Set.</summary>
    public string? Jwks { get; init; }

    /// <summary>The same behind an address.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Whom to call when something is wrong; read by reviewers and operators.</summary>
    public required string Contact { get; init; }

    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Reason { get; set; }

    /// <summary>What the owners have to do after a refusal.</summary>
    public string? NextStep { get; set; }

    /// <summary>It can still be withdrawn, commented on, or go live.</summary>
    public bool IsPending => State is RequestState.Open or RequestState.Approved;

    public ProductionAddresses Addresses => new(Lines(RedirectUris), Lines(PostLogoutRedirectUris), BackchannelLogoutUri, InitiateLoginUri);

    public ProductionKey? Key => Jwks is null && JwksUri is null ? null : new(Jwks is null ? null : JsonElement.Parse(Jwks), JwksUri);

    private static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

public enum RequestState
{
    Open = 0,
    Approved = 1,
    Refused = 2,
    Withdrawn = 3,
    Live = 4,
}

/// <summary>
/// What somebody had before their eyes when they pressed a button: this request, and this document of it. Between the two another request
/// may have taken its place, or production may have changed; a yes to the one is none to the other (M25).
/// </summary>
public sealed record ReadRequest(Guid Id, string Digest)
{
    public static ReadRequest Of(ProductionRequest request, Proposal proposal) => new(request.Id, proposal.Digest);
}

/// <summary>By what production proves itself, never by a key of the sandbox. One of the two.</summary>
public sealed record ProductionKey(JsonElement? Jwks, string? JwksUri);

public sealed record ProductionAddresses(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, string? BackchannelLogoutUri, string? InitiateLoginUri);

/// <summary>What one of the two sides says about one item of the checklist.</summary>
public sealed class ReviewComment
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid RequestId { get; init; }
    public ReviewItem Item { get; init; }
    public Guid PersonId { get; init; }
    public bool FromReviewer { get; init; }
    public required string Text { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>The checklist. Machines judge what machines can; the others are a human's.</summary>
public enum ReviewItem
{
    Owners = 0,
    Addresses = 1,
    Logout = 2,
    Tried = 3,
    Keys = 4,

    /// <summary>A reason for each attribute.</summary>
    Data = 5,

    /// <summary>Human: the purpose is one that a citizen understands.</summary>
    Purpose = 6,

    /// <summary>Human: the statute orders what it is said to order, and nothing is asked for that is not needed.</summary>
    LegalBasis = 7,

    /// <summary>Human: somebody answers under the contact.</summary>
    Contact = 8,
}
