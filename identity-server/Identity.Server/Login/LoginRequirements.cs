using Identity.Domain.Assurance;
using Identity.Domain.Clients;

namespace Identity.Server.Login;

/// <summary>What a protocol needs from the sign-in, in words that OpenID Connect, SAML and CAS share.</summary>
public sealed record LoginRequirements(Client Client, AssuranceRequirement Assurance, DateTimeOffset RequestedAt)
{
    /// <summary><c>prompt=login</c>: an existing session does not count, only one that this very request started.</summary>
    public bool ForceLogin { get; init; }

    public bool SelectAccount { get; init; }

    /// <summary>Person that the request insists on (<c>id_token_hint</c>); null when anyone may answer.</summary>
    public Guid? RequiredPerson { get; init; }

    /// <summary>Party that it insists on: the person themselves, or whom they acted for; null when anyone will do.</summary>
    public Guid? RequiredParty { get; init; }

    /// <summary>As whom the request can be answered; null while nobody is signed in.</summary>
    public CapacityChoice? Capacity { get; init; }

    /// <summary>With what the application asks of people in the chosen capacity; before one is chosen, what it asks of everybody.</summary>
    public AssuranceRequirement Effective => Capacity?.Settled is { } chosen && Client.MinimumByCapacity.TryGetValue(chosen.Kind, out var minimum) ? minimum.On(Assurance) : Assurance;

    /// <summary>Claims the application will receive beyond the identifier.</summary>
    public ReleaseRequest Release { get; init; } = ReleaseRequest.Nothing;
}

/// <param name="Required">Claims that come with the service.</param>
/// <param name="Optional">Claims the person may leave out.</param>
/// <param name="Force"><c>prompt=consent</c>: ask even when an answer is remembered.</param>
public sealed record ReleaseRequest(IReadOnlyList<string> Required, IReadOnlyList<string> Optional, bool Force)
{
    public static readonly ReleaseRequest Nothing = new([], [], false);

    /// <summary>Those of <see cref="Required"/> that a statute orders; nobody is asked about them.</summary>
    public IReadOnlyList<string> ByLaw { get; init; } = [];

    public bool IsEmpty => Required.Count + Optional.Count == 0;
}
