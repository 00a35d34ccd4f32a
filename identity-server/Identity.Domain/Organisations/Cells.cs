using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Domain.Organisations;

/// <summary>One row of a list by the names of its columns, and what is wrong with it.</summary>
internal sealed class Cells(CsvRow row, Dictionary<string, int> columns)
{
    private const int LongestText = 200;

    private readonly List<StaffListError> problems = [];

    public int Line => row.Line;
    public IReadOnlyList<StaffListError> Problems => problems;
    public bool IsSound => problems.Count == 0;

    /// <summary>Known even when the rest of the row is wrong.</summary>
    public string? StaffNumber { get; private set; }

    public string this[string column] =>
        columns.TryGetValue(column, out var index) && index < row.Cells.Count ? StaffListReader.Normal(row.Cells[index]) : "";

    public StaffRow? Refuse(LocalizedText fault)
    {
        problems.Add(new(Line, fault));
        return null;
    }

    /// <summary>What a spreadsheet would compute (a cell that begins with = + - @) is no name and no title; it is refused, so that no list made from ours can carry it on.</summary>
    public string? Text(string column, bool required)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            if (required) Refuse(StaffFaults.EmptyCell(StaffListReader.TitleOf(column)));
            return null;
        }
        if (text[0] is '=' or '+' or '-' or '@') Refuse(StaffFaults.Formula(StaffListReader.TitleOf(column), text[0]));
        else if (NameRules.Display(text, LongestText) is { } problem) Refuse(StaffFaults.Unprintable(StaffListReader.TitleOf(column), problem));
        else return text;
        return null;
    }

    /// <summary>Spreadsheets write <c>="0990"</c> to keep a zero; that one formula means what it says.</summary>
    public string Digits(string column)
    {
        var text = this[column];
        return text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[^1] == '"' ? text[2..^1] : text;
    }

    public string? Number(string column, Func<string, bool> isSound, int longest)
    {
        var text = Digits(column);
        if (text.Length > 0 && isSound(text)) return StaffNumber = text;
        if (text.Length == 0) Refuse(StaffFaults.EmptyCell(StaffListReader.TitleOf(column)));
        else Refuse(StaffFaults.StaffNumberShape(StaffListReader.TitleOf(column), longest));
        return null;
    }

    public DateOnly? Day(string column, bool required)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            if (required) Refuse(StaffFaults.EmptyCell(StaffListReader.TitleOf(column)));
            return null;
        }
        if (VietnamDay.Parse(text) is { } day) return day;
        Refuse(StaffFaults.DayShape(StaffListReader.TitleOf(column)));
        return null;
    }
}
