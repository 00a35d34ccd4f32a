namespace Identity.Domain.People;

public enum PersonalNumberError
{
    NonDigit,

    /// <summary>Not twelve digits; eleven often means that a spreadsheet lost the leading zero.</summary>
    Length,

    /// <summary>Below 100 and never given to a province.</summary>
    Prefix,

    /// <summary>The birth year has not begun in Viet Nam.</summary>
    Future,
}

[Flags]
public enum PersonalNumberWarnings
{
    None = 0,

    /// <summary>100 and above: births registered abroad; no list of these prefixes is published.</summary>
    PrefixUnknown = 1,

    /// <summary>A prefix that the provinces of 1 July 2025 no longer use, on somebody born later.</summary>
    PrefixRetired = 2,
    BirthYear = 4,
    Sex = 8,
}

/// <param name="Number">Null when the source sent something that is not twelve digits.</param>
/// <param name="Error">What typed input would have been refused for; goes to the audit record, without the number.</param>
public sealed record AssertedPersonalNumber(PersonalNumber? Number, PersonalNumberError? Error, PersonalNumberWarnings Warnings);
