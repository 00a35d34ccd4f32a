using Identity.Domain.Assurance;
using Identity.Domain.Delegation;

namespace Identity.Server.Login;

/// <summary>What is parked while pages are shown: who asks, in the protocol's own words, and what the sign-in has to bring.</summary>
/// <param name="Protocol">Which protocol will take the answer; <see cref="ParkedRequests.Account"/> for our own pages.</param>
/// <param name="Request">Verbatim; of our own pages the address to go on to.</param>
public sealed record WaitingRequest(string Protocol, string? ClientId, string Request)
{
    public string? LoginHint { get; init; }
    public string? UiLocales { get; init; }
    public bool ForceLogin { get; init; }

    /// <summary>What the sign-in has to reach; the pages offer what leads there.</summary>
    public AssuranceRequirement? Needed { get; init; }

    /// <summary>What the person must be shown first, when that is all that is missing.</summary>
    public ReleaseRequest? Release { get; init; }

    /// <summary>As whom <see cref="PersonId"/> will then receive the answer.</summary>
    public Capacity? Capacity { get; init; }

    public Guid? PersonId { get; init; }

    public static WaitingRequest OfAccount(string page) => new(ParkedRequests.Account, ClientId: null, page);
}
