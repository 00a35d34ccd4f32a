namespace Identity.Domain.Desk;

/// <summary>What a row of the trail about a look-up says beside its reason; read again for the person whom it is about.</summary>
/// <param name="Office">Name of the agency; null when the province looked.</param>
/// <param name="CaseNumber">Of the paper behind it.</param>
/// <param name="What">The key, or the one fact that was shown.</param>
public sealed record LookUpTrace(string? Office, string? CaseNumber, string? What)
{
    public string Write() => $"what={What};case={CaseNumber};office={Office?.Replace(';', ',')}";

    /// <summary>Anything else reads as a look-up of which nothing more is known.</summary>
    public static LookUpTrace Read(string? detail)
    {
        var parts = (detail ?? "").Split(';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1]);
        return new(Word("office"), Word("case"), Word("what"));

        string? Word(string name) => parts[name].FirstOrDefault() is { Length: > 0 } word ? word : null;
    }
}
