using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

/// <summary>What can be wrong with a personnel list, in the words of whoever keeps it.</summary>
/// <remarks>A column is named as lists name it (<see cref="StaffListReader.TitleOf"/>). No cell of a person is repeated: it may be a personal number.</remarks>
internal static class StaffFaults
{
    public static LocalizedText NoText { get; } = new("Tệp có ký tự không thuộc văn bản nào.", "The file holds characters that no text has.");
    public static LocalizedText EmptyFile { get; } = new("Tệp không có gì.", "The file is empty.");
    public static LocalizedText TooLarge(int megabytes) => new($"Tệp lớn hơn {megabytes} MB.", $"The file is larger than {megabytes} MB.");
    public static LocalizedText Utf16 { get; } = new("Tệp ở dạng UTF-16. Hãy lưu lại dạng \"CSV UTF-8\".", "The file is UTF-16. Save it as \"CSV UTF-8\".");

    public static LocalizedText Workbook { get; } = new(
        "Tệp là bảng tính, không phải bảng văn bản. Hãy lưu lại dạng \"CSV UTF-8\".",
        "The file is a workbook, not a table of text. Save it as \"CSV UTF-8\".");

    public static LocalizedText NotUtf8 { get; } = new(
        "Tệp không ở dạng UTF-8 nên tên người sẽ bị hỏng. Hãy lưu lại dạng \"CSV UTF-8\".",
        "The file is not UTF-8, so names would be damaged. Save it as \"CSV UTF-8\".");

    public static LocalizedText TooManyRows(int most) => new($"danh sách có hơn {most} dòng", $"the list has more than {most} rows");
    public static LocalizedText TooManyCells(int most) => new($"có hơn {most} ô", $"has more than {most} cells");
    public static LocalizedText OpenQuote { get; } = new("có dấu ngoặc kép mở mà không đóng", "has a quotation mark that is never closed");
    public static LocalizedText TextAfterQuote { get; } = new("có chữ đứng sau dấu ngoặc kép đóng", "has text behind a closing quotation mark");
    public static LocalizedText LongCell(int most) => new($"có ô dài hơn {most} ký tự", $"has a cell of more than {most} characters");

    public static LocalizedText UnknownColumn(int place) => new($"cột thứ {place} có tên không dùng ở đây", $"column {place} has a name that is not known here");

    public static LocalizedText MeantColumn(LocalizedText column, int place) => new(
        $"cột thứ {place} có tên không dùng ở đây; có phải {column.Vi}?",
        $"column {place} has a name that is not known here; did you mean {column.En}?");

    public static LocalizedText ColumnTwice(LocalizedText column, int place) => new(
        $"cột thứ {place} lại là {column.Vi}, đã có trước đó",
        $"column {place} is {column.En} for the second time");

    public static LocalizedText ColumnMissing(LocalizedText column) => new($"thiếu cột {column.Vi}", $"the column {column.En} is missing");

    public static LocalizedText NobodyMeant { get; } = new(
        "cần thư công vụ hoặc số định danh: không có gì khác cho biết là ai",
        "mail or personal_number is needed: nothing else says who is meant");

    public static LocalizedText EmptyCell(LocalizedText column) => new($"{column.Vi} để trống", $"{column.En} is empty");

    public static LocalizedText Formula(LocalizedText column, char sign) => new(
        $"{column.Vi} bắt đầu như công thức; hãy bỏ dấu {sign}",
        $"{column.En} begins like a formula; remove the {sign}");

    public static LocalizedText Unprintable(LocalizedText column, LocalizedText fault) => new($"{column.Vi} {fault.Vi}", $"{column.En} {fault.En}");

    public static LocalizedText StaffNumberShape(LocalizedText column, int longest) => new(
        $"{column.Vi} chỉ gồm chữ không dấu, chữ số và - . / _, bắt đầu bằng chữ hoặc số, nhiều nhất {longest} ký tự",
        $"{column.En} must be letters, digits and - . / _ behind the first, at most {longest}");

    public static LocalizedText DayShape(LocalizedText column) => new($"{column.Vi} phải là ngày như 31/01/2026 hoặc 2026-01-31", $"{column.En} must be a day like 2026-01-31 or 31/01/2026");
    public static LocalizedText EndsBeforeItBegins { get; } = new("đến ngày sớm hơn từ ngày", "to is before from");

    public static LocalizedText StateUnknown(LocalizedText column) => new(
        $"{column.Vi} phải là đang công tác, tạm đình chỉ, thôi việc hoặc nghỉ hưu",
        $"{column.En} must be active, suspended or left (đang công tác, tạm đình chỉ, thôi việc, nghỉ hưu)");

    public static LocalizedText UnitCodeShape(LocalizedText column) => new($"{column.Vi} không phải mã đơn vị như H99.07.12", $"{column.En} is not an agency code like H99.07.12");

    public static LocalizedText UnitUnknown(LocalizedText column, string code) => new(
        $"{column.Vi} là {code}: hôm nay không có đơn vị nào mang mã này, cũng không có đơn vị cũ nào đã có nơi kế thừa",
        $"{column.En} is {code}, which no unit has today, and no unit of before with a successor");

    public static LocalizedText UnitOfOthers(LocalizedText column, string code) => new(
        $"{column.Vi} là {code}, không thuộc cơ quan của bạn",
        $"{column.En} is {code}, which is not in your agency");

    public static LocalizedText ZeroLost(LocalizedText column) => new(
        $"{column.Vi} có 11 chữ số; có thể bảng tính đã bỏ số 0 đứng đầu: hãy đặt cột thành dạng văn bản rồi nhập lại",
        $"{column.En} has 11 digits; a spreadsheet may have dropped the leading zero: make the column a text column and enter it again");

    public static LocalizedText NumberLength(LocalizedText column) => new($"{column.Vi} phải có 12 chữ số", $"{column.En} must have 12 digits");

    public static LocalizedText NumberRounded(LocalizedText column) => new(
        $"{column.Vi} đã bị bảng tính làm tròn: hãy đặt cột thành dạng văn bản rồi nhập lại",
        $"{column.En} was turned into a rounded figure by a spreadsheet: make the column a text column and enter it again");

    public static LocalizedText NumberHasNonDigit(LocalizedText column) => new($"{column.Vi} có ký tự không phải chữ số", $"{column.En} holds something other than digits");

    public static LocalizedText NumberImpossible(LocalizedText column) => new(
        $"{column.Vi} không đúng: nơi sinh hoặc năm sinh trong số không có thật",
        $"{column.En} is none: its place of birth or its year does not exist");

    public static LocalizedText MailShape(LocalizedText column) => new(
        $"{column.Vi} không phải địa chỉ hộp thư của một người: chữ không dấu, chữ số, dấu chấm, một dấu @",
        $"{column.En} is not an address of a person's mailbox: ASCII letters, digits, dots, one @");

    public static LocalizedText NumberTwice(LocalizedText column, int line) => new($"{column.Vi} đã có ở dòng {line}", $"{column.En} stands on line {line} already");

    public static LocalizedText MailShared(LocalizedText column, int line) => new(
        $"{column.Vi} đã có ở dòng {line} cho người khác; hộp thư dùng chung không cho ai đăng nhập",
        $"{column.En} stands on line {line} with somebody else; a shared mailbox signs nobody in");
}
