using System.Text;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;

namespace Identity.Domain.Organisations;

/// <summary>
/// Reads a personnel list, strictly and to the end: every row that is wrong says why, in words that help whoever keeps the list. A
/// damaged number is never repaired: the leading zero that a spreadsheet has lost could have been a digit that somebody forgot.
/// </summary>
public static class StaffListReader
{
    public const int MaximumRows = 100_000;
    private const int LongestNumber = 40;

    /// <summary>Names of the columns; the first one is what examples use.</summary>
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["staff_number"] = ["staff_number", "mã cán bộ", "ma_can_bo", "mã số"],
        ["personal_number"] = ["personal_number", "số định danh", "so_dinh_danh"],
        ["mail"] = ["mail", "thư công vụ", "thu_cong_vu", "email"],
        ["name"] = ["name", "họ và tên", "họ tên", "ho_ten"],
        ["unit_code"] = ["unit_code", "mã đơn vị", "ma_don_vi"],
        ["position"] = ["position", "chức vụ", "chuc_vu"],
        ["from"] = ["from", "từ ngày", "tu_ngay"],
        ["to"] = ["to", "đến ngày", "den_ngay"],
        ["status"] = ["status", "trạng thái", "trang_thai"],
    };

    private static readonly string[] Required = ["staff_number", "name", "unit_code", "from"];

    private static readonly Dictionary<string, StaffState> States = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = StaffState.Active, ["active"] = StaffState.Active, ["đang công tác"] = StaffState.Active, ["đang làm việc"] = StaffState.Active,
        ["suspended"] = StaffState.Suspended, ["tạm đình chỉ"] = StaffState.Suspended, ["tạm hoãn"] = StaffState.Suspended, ["tạm nghỉ"] = StaffState.Suspended,
        ["left"] = StaffState.Left, ["thôi việc"] = StaffState.Left, ["nghỉ việc"] = StaffState.Left, ["nghỉ hưu"] = StaffState.Left, ["chuyển công tác"] = StaffState.Left,
    };

    public static StaffList Read(ReadOnlySpan<byte> file, DateTimeOffset now)
    {
        var (text, problem) = CsvText.Decode(file);
        if (text is null) return Refused(problem!);
        if (text.Contains('\0', StringComparison.Ordinal)) return Refused(new(0, StaffFaults.NoText));
        using var rows = CsvText.Rows(text, CsvText.SeparatorOf(text)).GetEnumerator();
        if (!rows.MoveNext()) return Refused(new(0, StaffFaults.EmptyFile));
        var (columns, problems) = ReadHeader(rows.Current);
        return problems.Count > 0 ? new StaffList([], problems, new HashSet<string>(), HidesNumbers: true) : ReadRows(rows, columns, now);
    }

    /// <summary>Name of a column in a sentence.</summary>
    internal static LocalizedText TitleOf(string column) => new(Names[column][1], Names[column][0]);

    private static string? ColumnOf(string title) => Names.FirstOrDefault(n => n.Value.Contains(title)).Key;

    private static StaffList Refused(StaffListError problem) => new([], [problem], new HashSet<string>(), HidesNumbers: true);

    private static (Dictionary<string, int> Columns, List<StaffListError> Problems) ReadHeader(CsvRow header)
    {
        var (columns, problems) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<StaffListError>());
        if (header.Problem is { } unreadable) problems.Add(unreadable);
        for (var i = 0; i < header.Cells.Count; i++)
        {
            var title = Normal(header.Cells[i]).ToLowerInvariant();
            if (title.Length == 0) continue;
            if (ColumnOf(title) is { } column)
            {
                if (!columns.TryAdd(column, i)) problems.Add(new(header.Line, StaffFaults.ColumnTwice(TitleOf(column), i + 1)));
            }
            else if (Suggestion.Nearest(title, Names.Values.SelectMany(n => n)) is { } meant) problems.Add(new(header.Line, StaffFaults.MeantColumn(TitleOf(ColumnOf(meant)!), i + 1)));
            else problems.Add(new(header.Line, StaffFaults.UnknownColumn(i + 1)));
        }
        problems.AddRange(Required.Where(r => !columns.ContainsKey(r)).Select(r => new StaffListError(header.Line, StaffFaults.ColumnMissing(TitleOf(r)))));
        if (!columns.ContainsKey("mail") && !columns.ContainsKey("personal_number")) problems.Add(new(header.Line, StaffFaults.NobodyMeant));
        return (columns, problems);
    }

    private static StaffList ReadRows(IEnumerator<CsvRow> rows, Dictionary<string, int> columns, DateTimeOffset now)
    {
        var (read, errors) = (new List<StaffRow>(), new List<StaffListError>());
        var (unreadable, hides) = (new HashSet<string>(StringComparer.Ordinal), false);
        while (rows.MoveNext())
        {
            if (read.Count >= MaximumRows)
            {
                errors.Add(new(rows.Current.Line, StaffFaults.TooManyRows(MaximumRows)));
                hides = true;
                break;
            }
            var cells = new Cells(rows.Current, columns);
            var row = rows.Current.Problem is { } problem ? cells.Refuse(problem.Message) : ReadRow(cells, now);
            errors.AddRange(cells.Problems);
            if (row is not null) read.Add(row);
            else if (cells.StaffNumber is { } number) unreadable.Add(number);
            else hides = true;
        }
        return Distinct(read, errors, unreadable, hides);
    }

    private static StaffRow? ReadRow(Cells cells, DateTimeOffset now)
    {
        var row = new StaffRow(
            cells.Line,
            cells.Number("staff_number", IsStaffNumber, LongestNumber) ?? "",
            cells.Text("name", required: true) ?? "",
            UnitCode(cells) ?? "")
        {
            PersonalNumber = PersonalNumberOf(cells, now),
            Mail = MailOf(cells, now),
            Position = cells.Text("position", required: false),
            From = cells.Day("from", required: true) is { } from ? VietnamDay.BeginOf(from) : default,
            To = cells.Day("to", required: false) is { } to ? VietnamDay.EndOf(to) : null,
            State = StateOf(cells),
        };
        if (row.PersonalNumber is null && row.Mail is null && cells.IsSound) cells.Refuse(StaffFaults.NobodyMeant);
        if (row.To <= row.From && cells.IsSound) cells.Refuse(StaffFaults.EndsBeforeItBegins);
        return cells.IsSound ? row : null;
    }

    private static bool IsStaffNumber(string text) =>
        text.Length <= LongestNumber && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_');

    private static StaffState StateOf(Cells cells)
    {
        if (States.TryGetValue(cells["status"], out var state)) return state;
        cells.Refuse(StaffFaults.StateUnknown(TitleOf("status")));
        return StaffState.Active;
    }

    private static string? UnitCode(Cells cells)
    {
        if (cells.Text("unit_code", required: true) is not { } text) return null;
        if (AgencyCode.Parse(text) is Parsed<AgencyCode, AgencyCodeError>.Valid(var code)) return code.Value;
        cells.Refuse(StaffFaults.UnitCodeShape(TitleOf("unit_code")));
        return null;
    }

    private static string? PersonalNumberOf(Cells cells, DateTimeOffset now)
    {
        var text = cells.Digits("personal_number");
        if (text.Length == 0) return null;
        var column = TitleOf("personal_number");
        switch (PersonalNumber.Parse(text, now))
        {
            case Parsed<PersonalNumber, PersonalNumberError>.Valid(var number): return number.Value;
            case Parsed<PersonalNumber, PersonalNumberError>.Invalid(PersonalNumberError.Length):
                cells.Refuse(text.Replace(" ", "", StringComparison.Ordinal).Length == 11 ? StaffFaults.ZeroLost(column) : StaffFaults.NumberLength(column));
                break;
            case Parsed<PersonalNumber, PersonalNumberError>.Invalid(PersonalNumberError.NonDigit):
                cells.Refuse(text.Contains("E+", StringComparison.OrdinalIgnoreCase) ? StaffFaults.NumberRounded(column) : StaffFaults.NumberHasNonDigit(column));
                break;
            default:
                cells.Refuse(StaffFaults.NumberImpossible(column));
                break;
        }
        return null;
    }

    /// <summary>Which domains are the province's is asked when the mailbox signs in; here an address must only be one.</summary>
    private static string? MailOf(Cells cells, DateTimeOffset now)
    {
        if (cells["mail"] is not { Length: > 0 } text) return null;
        if (text.Split('@') is [_, { Length: > 2 } domain] && OfficialMail.Parse(text, [new OfficialMailDomain(domain)], now) is Parsed<OfficialMail, OfficialMailError>.Valid(var mail)) return mail.Value;
        cells.Refuse(StaffFaults.MailShape(TitleOf("mail")));
        return null;
    }

    /// <summary>Two rows of one staff number contradict each other; one mailbox of two humans is a shared one and lets nobody in.</summary>
    private static StaffList Distinct(List<StaffRow> rows, List<StaffListError> errors, HashSet<string> unreadable, bool hides)
    {
        var twice = rows.GroupBy(r => r.StaffNumber, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .SelectMany(g => g.Skip(1).Select(r => (Row: r, Error: new StaffListError(r.Line, StaffFaults.NumberTwice(TitleOf("staff_number"), g.First().Line))))).ToList();
        var shared = rows.Where(r => r.Mail is not null).GroupBy(r => r.Mail, StringComparer.Ordinal)
            .Where(g => g.Select(r => r.PersonalNumber ?? r.StaffNumber).Distinct().Count() > 1)
            .SelectMany(g => g.Skip(1).Select(r => (Row: r, Error: new StaffListError(r.Line, StaffFaults.MailShared(TitleOf("mail"), g.First().Line))))).ToList();
        var wrong = twice.Concat(shared).Select(w => w.Row).ToHashSet();
        errors.AddRange(twice.Concat(shared).Select(w => w.Error));
        unreadable.UnionWith(wrong.Select(r => r.StaffNumber));
        return new StaffList([.. rows.Where(r => !wrong.Contains(r))], [.. errors.OrderBy(e => e.Line)], unreadable, hides);
    }

    internal static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC).Trim();
        }
        catch (ArgumentException)
        {
            // Holds a code point that is no character.
            return "";
        }
    }
}
