using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Failures;
using Identity.Domain.Linking;
using Identity.Domain.People;

namespace Identity.Admin.Api;

/// <summary>A key that names one person or hardly more, and why it is asked.</summary>
public sealed record LookUpToMake(LookUpKey Key, string Text, LookUpReason Reason, int? BirthYear = null, string? CaseNumber = null)
{
    public LookUpRequest Read() => new(Key, Text, Reason) { BirthYear = BirthYear, CaseNumber = CaseNumber };

    public override string ToString() => $"LookUpToMake({Key})";
}

public sealed record LookUpListing(IReadOnlyList<FoundPerson> People);

public sealed record ValueToShow(string Fact);

public sealed record ShownValue(string Fact, string Value)
{
    public override string ToString() => $"ShownValue({Fact})";
}

public sealed record Deed(FreezeReason Reason, string CaseNumber)
{
    public FreezeWish Wish() => new(Reason, CaseNumber);
}

/// <summary>A way to sign in that a person has.</summary>
public sealed record ShownDoor(string Connector, DateTimeOffset LinkedAt, DateTimeOffset? LastUsedAt, bool Paused)
{
    public static ShownDoor Of(LinkedIdentity door) => new(door.Connector, door.LinkedAt, door.LastUsedAt, door.FrozenAt is not null);
}

/// <summary>A person as the screen of the desk shows them: who it is stands nowhere in clear.</summary>
public sealed record ShownPerson(Guid LookUpId, DateTimeOffset ExpiresAt, PersonStatus Status, DateTimeOffset Since, IReadOnlyList<MaskedFact> Facts)
{
    /// <summary>An agency looks; what is not its business is left out.</summary>
    public bool ForOffice { get; init; }
    public IReadOnlyList<ShownDoor> Doors { get; init; } = [];
    public IReadOnlyList<DeskSession> Sessions { get; init; } = [];
    public required DeskFactors Factors { get; init; }
    public IReadOnlyList<DeskStanding> Standings { get; init; } = [];
    public IReadOnlyList<DeskMandate> Mandates { get; init; } = [];
    public IReadOnlyList<DeskNotice> Notices { get; init; } = [];

    /// <summary>Why this account may look and not act.</summary>
    public DeskRefusal? Obstacle { get; init; }

    public static ShownPerson Of(DeskRecord record) => new(record.LookUp.Id, record.LookUp.ExpiresAt, record.Status, record.CreatedAt, record.Facts)
    {
        ForOffice = record.IsForOffice, Doors = [.. record.Doors.Select(ShownDoor.Of)], Sessions = record.Sessions, Factors = record.Factors,
        Standings = record.Standings, Mandates = record.Mandates, Notices = record.Notices, Obstacle = record.Obstacle,
    };

    public override string ToString() => $"ShownPerson({LookUpId})";
}

/// <summary>A sign-in that did not arrive. Holds nobody.</summary>
public sealed record ShownFailure(string Reference, string? Problem, FailureFixer Fixer, string Advice)
{
    public FailureEnding? Ending { get; init; }
    public string? ClientId { get; init; }
    public string? Connector { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public IReadOnlyList<ShownStep> Steps { get; init; } = [];
    public IReadOnlyList<ShownFailureRow> Trail { get; init; } = [];

    public static ShownFailure Of(FailureReport report) => new(report.Reference, report.Record?.Problem ?? (report.Entries is [var first, ..] ? first.Reason : null), report.Advice.Fixer, report.Advice.Sentence)
    {
        Ending = report.Record?.Ending, ClientId = report.Record?.ClientId, Connector = report.Record?.Connector, StartedAt = report.Record?.StartedAt, EndedAt = report.Record?.At,
        Steps = [.. report.Steps.Select(s => new ShownStep(s.Step, (long)s.After.TotalMilliseconds, s.Outcome))],
        Trail = [.. report.Entries.Select(e => new ShownFailureRow(e.At, e.Name, e.Reason))],
    };
}

/// <param name="AfterMilliseconds">Since the application asked.</param>
public sealed record ShownStep(SignInStep Step, long AfterMilliseconds, string Outcome);

public sealed record ShownFailureRow(DateTimeOffset At, string Name, string? Reason);

public sealed record ShownRecovery(Guid Id, string CaseNumber, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, IReadOnlyList<MaskedFact> Facts)
{
    public string? RequestedBy { get; init; }

    public static ShownRecovery Of(WaitingRecovery waiting) => new(waiting.Aid.Id, waiting.Aid.CaseNumber, waiting.Aid.RequestedAt, waiting.Aid.ExpiresAt, waiting.Facts) { RequestedBy = waiting.RequestedBy };

    public override string ToString() => $"ShownRecovery({Id})";
}

public sealed record RecoveryListing(IReadOnlyList<ShownRecovery> Recoveries);

public sealed record ConflictListing(IReadOnlyList<QueuedConflict> Conflicts);

public sealed record ShownConflict(Guid Id, LinkRefusal Kind, string Connector, string Reference, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, IReadOnlyList<MaskedFact> Said, IReadOnlyList<ShownSide> Sides)
{
    public ShownVerdict? Proposal { get; init; }

    public static ShownConflict Of(ConflictCase found) => new(found.Conflict.Id, found.Conflict.Kind, found.Conflict.Connector, found.Conflict.Reference, found.Conflict.CreatedAt, found.Conflict.LastSeenAt, found.Said,
        [.. found.Sides.Select(s => new ShownSide(s.Status, s.Since, s.Proved, s.Facts, [.. s.Doors.Select(ShownDoor.Of)]))])
    {
        Proposal = found.Proposal is { } proposal ? new(proposal.Verdict, proposal.Papers, AdminActor.NameOf(proposal.ProposedBy), proposal.ProposedAt) { Side = found.NumberOf(proposal.BelongsTo) } : null,
    };
}

public sealed record ShownSide(PersonStatus Status, DateTimeOffset Since, bool Proved, IReadOnlyList<MaskedFact> Facts, IReadOnlyList<ShownDoor> Doors);

public sealed record ShownVerdict(ConflictVerdict Verdict, string Papers, string ProposedBy, DateTimeOffset ProposedAt)
{
    /// <summary>Which of the sides it would belong to, counted from 1.</summary>
    public int? Side { get; init; }
}
