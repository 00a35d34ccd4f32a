using System.Globalization;
using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

/// <summary>A personnel list as read: rows that can be used, and what is wrong with the others.</summary>
/// <param name="Unreadable">Staff numbers of rows that are wrong: they are on the list, so nobody may take them for leavers.</param>
/// <param name="HidesNumbers">A wrong row whose staff number cannot even be read: who is missing cannot be told.</param>
public sealed record StaffList(IReadOnlyList<StaffRow> Rows, IReadOnlyList<StaffListError> Errors, IReadOnlySet<string> Unreadable, bool HidesNumbers);

/// <param name="Line">Line of the file; 0 for the file as a whole.</param>
/// <param name="Fault">What is wrong and what would be right (<see cref="StaffFaults"/>).</param>
/// <param name="Column">Column that it is about, by its first name.</param>
/// <param name="Value">A figure, a code of a unit or a sign; never a cell of a person, which may be a personal number.</param>
public sealed record StaffListError(int Line, LocalizedText Fault, string? Column = null, object? Value = null)
{
    /// <summary>Without the line.</summary>
    public LocalizedText Message => new(Text("vi"), Text("en"));

    public string In(string language) => (Line, language) switch
    {
        (0, _) => Text(language),
        (_, "en") => $"line {Line}: {Text(language)}",
        _ => $"dòng {Line}: {Text(language)}",
    };

    public override string ToString() => In("en");

    private string Text(string language) => Fault.In(language)
        .Replace("{column}", Column is null ? "" : StaffListReader.TitleOf(Column, language), StringComparison.Ordinal)
        .Replace("{value}", Convert.ToString(Value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
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
