using System.Text;
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
        if (text.Contains('\0', StringComparison.Ordinal)) return Refused("The file holds characters that no text has.");
        using var rows = CsvText.Rows(text, CsvText.SeparatorOf(text)).GetEnumerator();
        if (!rows.MoveNext()) return Refused("The file is empty.");
        var (columns, problems) = ReadHeader(rows.Current);
        return problems.Count > 0 ? new StaffList([], problems, new HashSet<string>(), HidesNumbers: true) : ReadRows(rows, columns, now);
    }

    private static StaffList Refused(string problem) => new([], [new StaffListError(0, problem)], new HashSet<string>(), HidesNumbers: true);

    private static (Dictionary<string, int> Columns, List<StaffListError> Problems) ReadHeader(CsvRow header)
    {
        var (columns, problems) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<StaffListError>());
        if (header.Problem is { } unreadable) problems.Add(new(header.Line, unreadable));
        for (var i = 0; i < header.Cells.Count; i++)
        {
            var title = Normal(header.Cells[i]).ToLowerInvariant();
            if (title.Length == 0) continue;
            if (Names.FirstOrDefault(n => n.Value.Contains(title)).Key is not { } column) problems.Add(new(header.Line, $"column {i + 1} has a name that is not known here{Suggestion.For(title, Names.Keys)}"));
            else if (!columns.TryAdd(column, i)) problems.Add(new(header.Line, $"column {i + 1} is {column} for the second time"));
        }
        problems.AddRange(Required.Where(r => !columns.ContainsKey(r)).Select(r => new StaffListError(header.Line, $"the column {r} is missing")));
        if (!columns.ContainsKey("mail") && !columns.ContainsKey("personal_number")) problems.Add(new(header.Line, "mail or personal_number is needed: nothing else says who is meant"));
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
                errors.Add(new(rows.Current.Line, $"the list has more than {MaximumRows} rows"));
                hides = true;
                break;
            }
            var cells = new Cells(rows.Current, columns);
            var row = rows.Current.Problem is { } problem ? cells.Refuse(problem) : ReadRow(cells, now);
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
            cells.Number("staff_number", IsStaffNumber, $"letters, digits and - . / _ behind the first, at most {LongestNumber}") ?? "",
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
        if (row.PersonalNumber is null && row.Mail is null && cells.IsSound) cells.Refuse("mail or personal_number is needed: nothing else says who is meant");
        if (row.To <= row.From && cells.IsSound) cells.Refuse("to is before from");
        return cells.IsSound ? row : null;
    }

    private static bool IsStaffNumber(string text) =>
        text.Length <= LongestNumber && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_');

    private static StaffState StateOf(Cells cells)
    {
        if (States.TryGetValue(cells["status"], out var state)) return state;
        cells.Refuse("status must be active, suspended or left (đang công tác, tạm đình chỉ, thôi việc, nghỉ hưu)");
        return StaffState.Active;
    }

    private static string? UnitCode(Cells cells)
    {
        if (cells.Text("unit_code", required: true) is not { } text) return null;
        if (AgencyCode.Parse(text) is Parsed<AgencyCode, AgencyCodeError>.Valid(var code)) return code.Value;
        cells.Refuse("unit_code is not an agency code like H99.07.12");
        return null;
    }

    private static string? PersonalNumberOf(Cells cells, DateTimeOffset now)
    {
        var text = cells.Digits("personal_number");
        if (text.Length == 0) return null;
        switch (PersonalNumber.Parse(text, now))
        {
            case Parsed<PersonalNumber, PersonalNumberError>.Valid(var number): return number.Value;
            case Parsed<PersonalNumber, PersonalNumberError>.Invalid(PersonalNumberError.Length):
                cells.Refuse(text.Replace(" ", "", StringComparison.Ordinal).Length == 11
                    ? "personal_number has 11 digits; a spreadsheet may have dropped the leading zero: make the column a text column and enter it again"
                    : "personal_number must have 12 digits");
                break;
            case Parsed<PersonalNumber, PersonalNumberError>.Invalid(PersonalNumberError.NonDigit):
                cells.Refuse(text.Contains("E+", StringComparison.OrdinalIgnoreCase)
                    ? "personal_number was turned into a rounded figure by a spreadsheet: make the column a text column and enter it again"
                    : "personal_number holds something other than digits");
                break;
            default:
                cells.Refuse("personal_number is none: its place of birth or its year does not exist");
                break;
        }
        return null;
    }

    /// <summary>Which domains are the province's is asked when the mailbox signs in; here an address must only be one.</summary>
    private static string? MailOf(Cells cells, DateTimeOffset now)
    {
        if (cells["mail"] is not { Length: > 0 } text) return null;
        if (text.Split('@') is [_, { Length: > 2 } domain] && OfficialMail.Parse(text, [new OfficialMailDomain(domain)], now) is Parsed<OfficialMail, OfficialMailError>.Valid(var mail)) return mail.Value;
        cells.Refuse("mail is not an address of a person's mailbox: ASCII letters, digits, dots, one @");
        return null;
    }

    /// <summary>Two rows of one staff number contradict each other; one mailbox of two humans is a shared one and lets nobody in.</summary>
    private static StaffList Distinct(List<StaffRow> rows, List<StaffListError> errors, HashSet<string> unreadable, bool hides)
    {
        var twice = rows.GroupBy(r => r.StaffNumber, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .SelectMany(g => g.Skip(1).Select(r => (Row: r, Message: $"staff_number stands on line {g.First().Line} already"))).ToList();
        var shared = rows.Where(r => r.Mail is not null).GroupBy(r => r.Mail, StringComparer.Ordinal)
            .Where(g => g.Select(r => r.PersonalNumber ?? r.StaffNumber).Distinct().Count() > 1)
            .SelectMany(g => g.Skip(1).Select(r => (Row: r, Message: $"mail stands on line {g.First().Line} with somebody else; a shared mailbox signs nobody in"))).ToList();
        var wrong = twice.Concat(shared).Select(w => w.Row).ToHashSet();
        errors.AddRange(twice.Concat(shared).Select(w => new StaffListError(w.Row.Line, w.Message)));
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
