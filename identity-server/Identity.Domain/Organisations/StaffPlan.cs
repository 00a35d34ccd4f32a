using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

public enum StaffChangeKind
{
    Joiner,
    Mover,
    Suspended,
    Leaver,

    /// <summary>Same post; position, dates, name, mailbox or number differ.</summary>
    Changed,
    Unchanged,
}

/// <param name="Line">0 for somebody whom the list names no more.</param>
public sealed record StaffChange(StaffChangeKind Kind, int Line, string StaffNumber, string Name, LocalizedText What)
{
    /// <summary>Holds a name, so it never prints itself.</summary>
    public override string ToString() => $"StaffChange({Kind}, line {Line})";
}

/// <summary>A list held against what is stored: what would change, and what is wrong.</summary>
/// <param name="Known">People of the source before.</param>
/// <param name="LeaversFound">False when a row is wrong in its staff number: who is missing cannot be told, so nobody leaves by absence.</param>
public sealed record StaffPlan(IReadOnlyList<StaffChange> Changes, IReadOnlyList<StaffListError> Errors, int Known, bool LeaversFound)
{
    public int Count(StaffChangeKind kind) => Changes.Count(c => c.Kind == kind);

    /// <summary>Percent of the people of before, rounded up.</summary>
    public int LeaverShare => Known == 0 ? 0 : (Count(StaffChangeKind.Leaver) * 100 + Known - 1) / Known;
}

public sealed record StaffImportWishes
{
    /// <summary>The list names changes only: nobody leaves by absence.</summary>
    public bool OnlyChanges { get; init; }

    public bool AllowManyLeavers { get; init; }

    /// <summary>Take the sound rows and leave the wrong ones as they are. Without it one wrong row stops the whole list.</summary>
    public bool SkipErrors { get; init; }
}

public abstract record StaffImportOutcome(StaffPlan Plan)
{
    public sealed record Applied(StaffPlan Plan) : StaffImportOutcome(Plan);

    public sealed record Refused(StaffPlan Plan, StaffImportRefusal Why) : StaffImportOutcome(Plan);
}

public enum StaffImportRefusal
{
    HasErrors,
    TooManyLeavers,
}
