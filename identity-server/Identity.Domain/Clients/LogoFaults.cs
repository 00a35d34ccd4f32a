namespace Identity.Domain.Clients;

/// <summary>What <see cref="ClientLogo"/> and <see cref="PngRules"/> refuse.</summary>
internal static class LogoFaults
{
    public static LocalizedText NotBase64 { get; } = new("phải là ảnh PNG viết dạng base64", "must be a PNG picture in base64");
    public static LocalizedText NotPng { get; } = new("phải là ảnh PNG; các dạng khác không được hiện", "must be a PNG picture; other kinds are not shown");
    public static LocalizedText EndsEarly { get; } = new("là ảnh PNG bị thiếu phần cuối", "is a PNG picture that ends too early");
    public static LocalizedText Damaged { get; } = new("là ảnh PNG bị hỏng: mã kiểm tra không khớp", "is a damaged PNG picture: a check sum differs");
    public static LocalizedText BehindTheEnd { get; } = new("có dữ liệu nằm sau phần cuối của ảnh", "has something behind the end of the picture");
    public static LocalizedText PixelsDoNotFill { get; } = new("là ảnh PNG có điểm ảnh không lấp vừa đúng khung", "is a PNG picture whose pixels do not fill it exactly");

    public static LocalizedText MoreThanPicture { get; } = new(
        "chứa nhiều hơn một bức ảnh (chữ, khung hình khác, hồ sơ màu); hãy để trang quản trị vẽ lại ảnh",
        "holds more than a picture (text, another frame, a colour profile); let the administration host draw it anew");

    public static LocalizedText HeaderIsNotFirst { get; } = new("là ảnh PNG không có phần đầu ở đúng chỗ", "is a PNG picture without a header at its start");
    public static LocalizedText EndIsNotEmpty { get; } = new("có dữ liệu trong phần kết thúc", "has something in its end");
    public static LocalizedText NoPixels { get; } = new("là ảnh PNG không có điểm ảnh", "is a PNG picture without pixels");
    public static LocalizedText NoHeader { get; } = new("là ảnh PNG không có phần đầu", "is a PNG picture without a header");
    public static LocalizedText NoPalette { get; } = new("là ảnh PNG thiếu bảng màu", "is a PNG picture without its palette");
    public static LocalizedText PaletteShape { get; } = new("có bảng màu sai dạng", "has a palette that is none");
    public static LocalizedText TransparencyShape { get; } = new("có phần trong suốt sai dạng", "has a transparency that is none");

    public static LocalizedText ColourShape { get; } = new(
        "phải là ảnh PNG dùng nhiều nhất 8 bit cho mỗi màu, không xen kẽ dòng", "must be a PNG picture of at most 8 bits for each colour, not interlaced");

    public static LocalizedText TooLarge(int kilobytes) => new($"được lớn nhất {kilobytes} KB", $"must be at most {kilobytes} KB");

    public static LocalizedText LargerThanDrawn(int kilobytes) => new(
        $"được lớn nhất {kilobytes} KB; trang quản trị tự thu nhỏ ảnh", $"must be at most {kilobytes} KB; the administration host makes a picture small");

    public static LocalizedText TooManyPixels(int side) => new(
        $"được rộng và cao nhất {side} điểm ảnh; trang quản trị tự thu nhỏ ảnh", $"must be at most {side} pixels wide and high; the administration host makes a picture small");

    /// <param name="chunk">A part of the file by its name in the specification, such as PLTE.</param>
    public static LocalizedText ChunkTwice(string chunk) => new($"có phần {chunk} hai lần", $"has the chunk {chunk} twice");

    public static LocalizedText ChunkBehindPixels(string chunk) => new($"có phần {chunk} nằm sau các điểm ảnh", $"has the chunk {chunk} behind its pixels");
    public static LocalizedText ChunkShape(string chunk) => new($"có phần {chunk} sai dạng", $"has a chunk {chunk} that is none");
}
