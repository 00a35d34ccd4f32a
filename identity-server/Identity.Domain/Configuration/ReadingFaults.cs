using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What can be wrong with a document whatever it is about. Each completes the place it stands at, so it begins in the middle of a sentence.</summary>
internal static class ReadingFaults
{
    public static LocalizedText MustBeObject { get; } = new("phải là một đối tượng: { … }", "must be an object: { … }");
    public static LocalizedText MustBeList { get; } = new("phải là một danh sách: [ … ]", "must be a list: [ … ]");
    public static LocalizedText MustBeText { get; } = new("phải là văn bản trong dấu ngoặc kép", "must be a text in quotes");
    public static LocalizedText MustBeTrueOrFalse { get; } = new("phải là true hoặc false", "must be true or false");
    public static LocalizedText MustBeMoment { get; } = new("phải là thời điểm theo giờ UTC, ví dụ 2026-11-22T08:00:00Z", "must be a moment in UTC like 2026-11-22T08:00:00Z");
    public static LocalizedText MustBeDay { get; } = new("phải là ngày, ví dụ 2027-06-30", "must be a day like 2027-06-30");
    public static LocalizedText IsMissing { get; } = new("bắt buộc phải có nhưng đang thiếu", "is required and missing");
    public static LocalizedText IsNull { get; } = new("là null, không cho biết điều gì; hãy bỏ thành phần này", "is null, which says nothing; leave the member out");
    public static LocalizedText IsListedTwice { get; } = new("đã có trong danh sách; chỉ giữ lại một", "is in the list already; keep one");
    public static LocalizedText IsGivenTwice { get; } = new("được ghi hai lần; chỉ giữ lại một", "is given twice; keep one");
    public static LocalizedText HalfOfCharacter { get; } = new("có một nửa cặp ký tự thay thế \\u; hãy viết chính ký tự đó", "holds half of a \\u surrogate pair; write the character itself");
    public static LocalizedText HalfOfCharacterInName { get; } = new("có thành phần mà tên chứa một nửa cặp ký tự thay thế \\u", "has a member whose name holds half of a \\u surrogate pair");

    public static LocalizedText MustBeWholeNumber(int least, int most) => new($"phải là số nguyên từ {least} đến {most}", $"must be a whole number from {least} to {most}");

    /// <param name="words">Every word that is known, with a bar between them.</param>
    /// <param name="meant">From <see cref="Suggestion.For"/>.</param>
    public static LocalizedText MustBeOneOf(string words, LocalizedText meant) => new($"phải là {words}{meant.Vi}", $"must be {words}{meant.En}");

    public static LocalizedText IsUnknownMember(LocalizedText meant) => new($"không phải thành phần được dùng ở đây{meant.Vi}", $"is not a member that is known here{meant.En}");

    public static LocalizedText HasTooManyEntries(int most) => new($"có hơn {most} mục", $"has more than {most} entries");

    // The parser's own sentence may quote the text, and the text may be a secret.
    public static LocalizedText FileIsNotJson(long line, long position) =>
        new($"Tệp không phải JSON: xem dòng {line}, byte {position}.", $"The file is not JSON: see line {line}, byte {position}.");

    public static LocalizedText TextIsNotJson(long line, long position) =>
        new($"Nội dung không phải JSON: xem dòng {line}, byte {position}.", $"The text is not JSON: see line {line}, byte {position}.");

    public static LocalizedText ItemKeepsItsName(string written, string kept) =>
        new($"là {written}, nhưng mục này là {kept}; tên của một mục không đổi được", $"is {written}, but this item is {kept}; an item keeps its name");
}
