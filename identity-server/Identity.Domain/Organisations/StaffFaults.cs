using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

/// <summary>What can be wrong with a personnel list, in the words of whoever keeps it. <c>{column}</c> and <c>{value}</c> are filled in by <see cref="StaffListError"/>.</summary>
internal static class StaffFaults
{
    public static LocalizedText NoText { get; } = new("Tệp có ký tự không thuộc văn bản nào.", "The file holds characters that no text has.");
    public static LocalizedText EmptyFile { get; } = new("Tệp không có gì.", "The file is empty.");
    public static LocalizedText TooLarge { get; } = new("Tệp lớn hơn {value} MB.", "The file is larger than {value} MB.");
    public static LocalizedText Utf16 { get; } = new("Tệp ở dạng UTF-16. Hãy lưu lại dạng \"CSV UTF-8\".", "The file is UTF-16. Save it as \"CSV UTF-8\".");
    public static LocalizedText Workbook { get; } = new("Tệp là bảng tính, không phải bảng văn bản. Hãy lưu lại dạng \"CSV UTF-8\".", "The file is a workbook, not a table of text. Save it as \"CSV UTF-8\".");
    public static LocalizedText NotUtf8 { get; } = new("Tệp không ở dạng UTF-8 nên tên người sẽ bị hỏng. Hãy lưu lại dạng \"CSV UTF-8\".", "The file is not UTF-8, so names would be damaged. Save it as \"CSV UTF-8\".");
    public static LocalizedText TooManyRows { get; } = new("danh sách có hơn {value} dòng", "the list has more than {value} rows");
    public static LocalizedText TooManyCells { get; } = new("có hơn {value} ô", "has more than {value} cells");
    public static LocalizedText OpenQuote { get; } = new("có dấu ngoặc kép mở mà không đóng", "has a quotation mark that is never closed");
    public static LocalizedText TextAfterQuote { get; } = new("có chữ đứng sau dấu ngoặc kép đóng", "has text behind a closing quotation mark");
    public static LocalizedText LongCell { get; } = new("có ô dài hơn {value} ký tự", "has a cell of more than {value} characters");

    public static LocalizedText UnknownColumn { get; } = new("cột thứ {value} có tên không dùng ở đây", "column {value} has a name that is not known here");
    public static LocalizedText MeantColumn { get; } = new("cột thứ {value} có tên không dùng ở đây; có phải {column}?", "column {value} has a name that is not known here; did you mean {column}?");
    public static LocalizedText ColumnTwice { get; } = new("cột thứ {value} lại là {column}, đã có trước đó", "column {value} is {column} for the second time");
    public static LocalizedText ColumnMissing { get; } = new("thiếu cột {column}", "the column {column} is missing");
    public static LocalizedText NobodyMeant { get; } = new("cần thư công vụ hoặc số định danh: không có gì khác cho biết là ai", "mail or personal_number is needed: nothing else says who is meant");

    public static LocalizedText EmptyCell { get; } = new("{column} để trống", "{column} is empty");
    public static LocalizedText Formula { get; } = new("{column} bắt đầu như công thức; hãy bỏ dấu {value}", "{column} begins like a formula; remove the {value}");
    public static LocalizedText Unprintable { get; } = new("{column} dài quá 200 ký tự hoặc có ký tự không nhìn thấy được", "{column} {value}");
    public static LocalizedText StaffNumberShape { get; } =
        new("{column} chỉ gồm chữ không dấu, chữ số và - . / _, bắt đầu bằng chữ hoặc số, nhiều nhất {value} ký tự", "{column} must be letters, digits and - . / _ behind the first, at most {value}");
    public static LocalizedText DayShape { get; } = new("{column} phải là ngày như 31/01/2026 hoặc 2026-01-31", "{column} must be a day like 2026-01-31 or 31/01/2026");
    public static LocalizedText EndsBeforeItBegins { get; } = new("đến ngày sớm hơn từ ngày", "to is before from");
    public static LocalizedText StateUnknown { get; } =
        new("{column} phải là đang công tác, tạm đình chỉ, thôi việc hoặc nghỉ hưu", "{column} must be active, suspended or left (đang công tác, tạm đình chỉ, thôi việc, nghỉ hưu)");
    public static LocalizedText UnitCodeShape { get; } = new("{column} không phải mã đơn vị như H99.07.12", "{column} is not an agency code like H99.07.12");
    public static LocalizedText UnitUnknown { get; } =
        new("{column} là {value}: hôm nay không có đơn vị nào mang mã này, cũng không có đơn vị cũ nào đã có nơi kế thừa", "{column} is {value}, which no unit has today, and no unit of before with a successor");
    public static LocalizedText UnitOfOthers { get; } = new("{column} là {value}, không thuộc cơ quan của bạn", "{column} is {value}, which is not in your agency");
    public static LocalizedText ZeroLost { get; } =
        new("{column} có 11 chữ số; có thể bảng tính đã bỏ số 0 đứng đầu: hãy đặt cột thành dạng văn bản rồi nhập lại",
            "{column} has 11 digits; a spreadsheet may have dropped the leading zero: make the column a text column and enter it again");
    public static LocalizedText NumberLength { get; } = new("{column} phải có 12 chữ số", "{column} must have 12 digits");
    public static LocalizedText NumberRounded { get; } =
        new("{column} đã bị bảng tính làm tròn: hãy đặt cột thành dạng văn bản rồi nhập lại", "{column} was turned into a rounded figure by a spreadsheet: make the column a text column and enter it again");
    public static LocalizedText NumberHasNonDigit { get; } = new("{column} có ký tự không phải chữ số", "{column} holds something other than digits");
    public static LocalizedText NumberImpossible { get; } = new("{column} không đúng: nơi sinh hoặc năm sinh trong số không có thật", "{column} is none: its place of birth or its year does not exist");
    public static LocalizedText MailShape { get; } =
        new("{column} không phải địa chỉ hộp thư của một người: chữ không dấu, chữ số, dấu chấm, một dấu @", "{column} is not an address of a person's mailbox: ASCII letters, digits, dots, one @");
    public static LocalizedText NumberTwice { get; } = new("{column} đã có ở dòng {value}", "{column} stands on line {value} already");
    public static LocalizedText MailShared { get; } =
        new("{column} đã có ở dòng {value} cho người khác; hộp thư dùng chung không cho ai đăng nhập", "{column} stands on line {value} with somebody else; a shared mailbox signs nobody in");
}
