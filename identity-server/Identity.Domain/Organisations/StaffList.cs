using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

/// <summary>A personnel list as read: rows that can be used, and what is wrong with the others.</summary>
/// <param name="Unreadable">Staff numbers of rows that are wrong: they are on the list, so nobody may take them for leavers.</param>
/// <param name="HidesNumbers">A wrong row whose staff number cannot even be read: who is missing cannot be told.</param>
public sealed record StaffList(IReadOnlyList<StaffRow> Rows, IReadOnlyList<StaffListError> Errors, IReadOnlySet<string> Unreadable, bool HidesNumbers);

/// <param name="Line">Line of the file; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong and what would be right (<see cref="StaffFaults"/>), without the line.</param>
public sealed record StaffListError(int Line, LocalizedText Message)
{
    public string In(string language) => (Line, language) switch
    {
        (0, _) => Message.In(language),
        (_, "en") => $"line {Line}: {Message.In(language)}",
        _ => $"dòng {Line}: {Message.In(language)}",
    };

    public override string ToString() => In("en");
}

/// <summary>One post on a list.</summary>
public sealed record StaffRow(int Line, string StaffNumber, string Name, string UnitCode)
{
    /// <summary>Twelve digits.</summary>
    public string? PersonalNumber { get; init; }

    /// <summary>Lower case.</summary>
    public string? Mail { get; init; }

    public string? Position { get; init; }
    public DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public StaffState State { get; init; }

    /// <summary>Nothing personal may reach a log through string interpolation.</summary>
    public override string ToString() => $"StaffRow(line {Line})";
}
