using System.Text.RegularExpressions;

namespace Identity.Domain.Desk;

/// <summary>What was asked for, by what, and why.</summary>
public sealed record LookUpRequest(LookUpKey Key, string Text, LookUpReason? Reason)
{
    /// <summary>For <see cref="LookUpKey.NumberEnding"/> alone.</summary>
    public int? BirthYear { get; init; }

    public string? CaseNumber { get; init; }

    /// <summary>Null when reason and case are as they must be; the key itself is judged where it is read.</summary>
    public LookUpRefusal? Problem() =>
        Reason is null || !Enum.IsDefined(Reason.Value) ? LookUpRefusal.ReasonIsMissing
        : CaseNumbers.IsMissing(CaseNumber) && Key == LookUpKey.NumberEnding ? LookUpRefusal.CaseIsMissing
        : CaseNumbers.IsWrong(CaseNumber) ? LookUpRefusal.CaseIsWrong
        : null;

    /// <summary>Holds what somebody typed, so it never prints itself.</summary>
    public override string ToString() => $"LookUpRequest({Key})";
}

/// <summary>Number of the paper or ticket behind a deed. Signs of a file number only: a name has no room in it.</summary>
public static partial class CaseNumbers
{
    public static bool IsMissing(string? number) => string.IsNullOrWhiteSpace(number);

    public static bool IsWrong(string? number) => !IsMissing(number) && !Shape().IsMatch(number!.Trim());

    public static string? Of(string? number) => IsMissing(number) ? null : number!.Trim();

    [GeneratedRegex(@"\A[A-Za-z0-9ĐđÀ-ỹ][A-Za-z0-9ĐđÀ-ỹ./-]{0,39}\z")]
    private static partial Regex Shape();
}

public enum LookUpRefusal
{
    ReasonIsMissing,

    /// <summary>The weak key needs the paper behind it.</summary>
    CaseIsMissing,
    CaseIsWrong,
    KeyIsWrong,

    /// <summary>Nobody, or nobody within reach: the two look the same.</summary>
    Nobody,

    /// <summary>More than a desk can need: a stronger key is asked for.</summary>
    TooMany,

    /// <summary>This actor has looked up too many people lately.</summary>
    CapReached,
}

public abstract record LookUpOutcome
{
    private LookUpOutcome() { }
    public sealed record Found(IReadOnlyList<FoundPerson> People) : LookUpOutcome;
    public sealed record Refused(LookUpRefusal Why) : LookUpOutcome;
    public static implicit operator LookUpOutcome(LookUpRefusal why) => new Refused(why);
}

/// <param name="Facts">Masked.</param>
public sealed record FoundPerson(Guid LookUpId, IReadOnlyList<MaskedFact> Facts);
