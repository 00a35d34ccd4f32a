namespace Identity.Domain.Audit;

/// <summary>Why a trail is not what was sealed.</summary>
public enum AuditProblem
{
    RowChanged,
    RowMissing,

    /// <summary>A row stands where the block knows none: it was put there after sealing.</summary>
    RowAdded,
    RowUnreadable,

    /// <summary>The rows of a block are gone and no row of the trail says that retention took them, or took them at their age.</summary>
    RowsGone,

    /// <summary>The list that names rows is not the signed one; which row is wrong cannot be said any more.</summary>
    LeavesChanged,

    /// <summary>Not by a key of this server; or not by a pinned one.</summary>
    SignatureInvalid,

    /// <summary>A column of the block says something else than what was signed.</summary>
    BlockChanged,
    BlockMissing,

    /// <summary>The block does not follow the one before it.</summary>
    ChainBroken,

    /// <summary>An export knows this block otherwise, or knows one that is not here: the end of the trail was cut off or replaced.</summary>
    DiffersFromExport,

    /// <summary>A file of an export is not the one that its manifest names.</summary>
    FileChanged,
}

/// <summary>The first thing that is wrong.</summary>
public sealed record AuditFault(AuditProblem Problem, long? Block = null, long? Sequence = null, string? File = null)
{
    public override string ToString() => Problem switch
    {
        AuditProblem.RowChanged => $"Row {Sequence} in block {Block} was changed after it was sealed.",
        AuditProblem.RowMissing => $"Row {Sequence} of block {Block} is missing.",
        AuditProblem.RowAdded => $"Row {Sequence} was put into the range of block {Block} after it was sealed.",
        AuditProblem.RowUnreadable => $"A row after {Sequence}, in block {Block} or later, cannot be read.",
        AuditProblem.RowsGone => $"The rows of block {Block} are gone, and no removal by retention accounts for it.",
        AuditProblem.LeavesChanged => $"The list of rows of block {Block} was changed.",
        AuditProblem.SignatureInvalid => $"Block {Block} is not signed by an accepted key.",
        AuditProblem.BlockChanged => $"Block {Block} says something else than what was signed.",
        AuditProblem.BlockMissing => $"Block {Block} is missing.",
        AuditProblem.ChainBroken => $"Block {Block} does not follow the block before it.",
        AuditProblem.DiffersFromExport => $"Block {Block} of the export is not in this trail: the end was cut off or replaced.",
        AuditProblem.FileChanged => $"{File} is missing or not the file that was exported.",
        _ => Problem.ToString(),
    };
}

/// <summary>What a verification has seen, up to the first fault.</summary>
public sealed record AuditReport
{
    public AuditFault? Fault { get; init; }
    public long Blocks { get; init; }
    public long Rows { get; init; }

    /// <summary>Rows that no block covers yet.</summary>
    public long Unsealed { get; init; }

    /// <summary>Rows up to this block were removed by retention.</summary>
    public long? RemovedUpTo { get; init; }

    /// <summary>Number and hash of the last block: note it somewhere else, and a trail that is cut shorter will show.</summary>
    public AuditHead? Head { get; init; }

    /// <summary>Fingerprints of the keys that signed what was read.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Not wrong, but worth a look.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

public sealed record AuditHead(long Number, string Hash);
