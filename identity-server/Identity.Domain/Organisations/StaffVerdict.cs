namespace Identity.Domain.Organisations;

/// <summary>What a row of a list means for the record of its staff number. A pure function, so that preview and import cannot differ.</summary>
internal static class StaffVerdict
{
    /// <param name="facts">Of the row, in the form in which the record keeps them.</param>
    public static StaffChangeKind Of(StaffFacts facts, StaffRecord? record)
    {
        if (record is null or { State: StaffState.Left }) return facts.State == StaffState.Left ? StaffChangeKind.Unchanged : StaffChangeKind.Joiner;
        if (facts.State == StaffState.Left) return StaffChangeKind.Leaver;
        if (record.UnitId != facts.UnitId) return StaffChangeKind.Mover;
        if (facts.State == StaffState.Suspended && record.State == StaffState.Active) return StaffChangeKind.Suspended;
        return IsAsBefore(facts, record) ? StaffChangeKind.Unchanged : StaffChangeKind.Changed;
    }

    /// <summary>The staff number belongs to another human than before.</summary>
    public static bool IsReassigned(StaffFacts facts, StaffRecord record) =>
        record.NumberDigest is { } before && facts.NumberDigest is { } after && before != after;

    private static bool IsAsBefore(StaffFacts facts, StaffRecord record) =>
        facts.State == record.State && facts.Position == record.Position && facts.NumberDigest == record.NumberDigest && facts.MailDigest == record.MailDigest
        && facts.From == record.ValidFrom && facts.To == record.ValidTo && facts.Name == facts.NameBefore;
}

/// <param name="State">Left as well when the last day of the row is over.</param>
/// <param name="NameBefore">What the record has, opened.</param>
internal sealed record StaffFacts(StaffRow Row, Guid UnitId, StaffState State, string? NumberDigest, string? MailDigest, string? NameBefore)
{
    public string Name => Row.Name;
    public string? Position => Row.Position;
    public DateTimeOffset From => Row.From;
    public DateTimeOffset? To => Row.To;

    public override string ToString() => $"StaffFacts({Row})";
}
