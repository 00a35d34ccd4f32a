using Identity.Domain.Organisations;

namespace Identity.Domain.Delegation;

/// <summary>
/// In which role a person acts: computed from today's rows each time, never stored. Only its <see cref="Id"/> is kept, with the code
/// and the grant, so that every use asks the rows again.
/// </summary>
public sealed record Capacity
{
    public const string SelfId = "self";
    private const string StandingPrefix = "standing:";
    private const string MandatePrefix = "mandate:";

    /// <summary>Stable: <c>self</c>, or which row gives the right.</summary>
    public required string Id { get; init; }

    public required CapacityKind Kind { get; init; }
    public required Party Party { get; init; }

    /// <summary>What the person is in the organisation; null for self and mandates.</summary>
    public AffiliationKind? Standing { get; init; }

    public string? Position { get; init; }

    /// <summary>Role names for applications.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Register connector, <c>hr</c>, <c>invitation</c>, <c>operator</c>, <c>mandate</c>; empty for self.</summary>
    public string Source { get; init; } = "";

    /// <summary>How far it reaches on the fourth axis.</summary>
    public RepresentationStrength Strength { get; init; }

    /// <summary>Its own end or that of anything it hangs on, whichever comes first.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public Guid? MandateId { get; init; }

    /// <summary>Client ids that a mandate is good for; null when it is not limited to some.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>A mandate's limits in the words of the services.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The business is dissolved: its people may look, and do nothing.</summary>
    public bool IsReadOnly { get; init; }

    public bool IsSelf => Kind == CapacityKind.Citizen;

    public static Capacity Self(Guid personId) => new() { Id = SelfId, Kind = CapacityKind.Citizen, Party = new(PartyKind.Person, personId) };

    public static string IdOf(Affiliation standing) => $"{StandingPrefix}{standing.Id:N}";

    public static string IdOf(Mandate mandate) => IdOfMandate(mandate.Id);

    public static string IdOfMandate(Guid mandateId) => $"{MandatePrefix}{mandateId:N}";

    public static string IdOfStanding(Guid standingId) => $"{StandingPrefix}{standingId:N}";

    /// <summary>Which row an id names; both null for anything else.</summary>
    public static (Guid? Standing, Guid? Mandate) Parse(string id) => (Row(id, StandingPrefix), Row(id, MandatePrefix));

    public override string ToString() => Id;

    private static Guid? Row(string id, string prefix) =>
        id.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParseExact(id[prefix.Length..], "N", out var row) ? row : null;
}

/// <summary>A capacity that the person knows of and cannot use now.</summary>
public sealed record RefusedCapacity(Capacity Capacity, CapacityRefusal Why);

/// <summary>Each value has its own sentence on the chooser.</summary>
public enum CapacityRefusal
{
    /// <summary>The application does not accept this kind.</summary>
    KindNotAccepted,

    /// <summary>The mandate names other services.</summary>
    ServiceNotInMandate,

    /// <summary>The application wants the right proved better.</summary>
    StrengthTooLow,
    Suspended,
    Expired,
    NotYetValid,
    Ended,

    /// <summary>One of the two sides has not said yes.</summary>
    NotConfirmed,

    /// <summary>Whoever gave the mandate no longer has what they gave.</summary>
    GrantorLost,
    PartySuspended,
    Dissolved,
}
