namespace Identity.Domain.Clients;

/// <summary>What <see cref="WebAddress"/> and <see cref="RedirectUriRules"/> refuse.</summary>
internal static class AddressFaults
{
    public static LocalizedText NotAbsolute { get; } = new(
        "không phải địa chỉ đầy đủ bắt đầu bằng lược đồ viết thường; hãy viết như https://app.example/callback",
        "is not an absolute address with a scheme in lower case; write it like https://app.example/callback");

    public static LocalizedText HoldsUser { get; } = new("có thông tin người dùng trước tên máy chủ (\"@\"); chỉ ghi tên máy chủ", "holds user information before the host (\"@\"); name the host only");
    public static LocalizedText IsEmpty { get; } = new("để trống", "is empty");

    public static LocalizedText HoldsForeignCharacter { get; } = new(
        "có khoảng trắng, ký tự điều khiển hoặc chữ ngoài bảng ASCII; hãy viết tên máy chủ dạng punycode và mã hóa phần còn lại bằng dấu %",
        "holds a space, a control character or a letter outside ASCII; write the host in punycode and percent-encode the rest");

    public static LocalizedText IsPattern { get; } = new("là một mẫu có dấu *; địa chỉ được so từng ký tự, hãy ghi đầy đủ từng địa chỉ", "is a pattern; addresses are compared exactly, list each one in full");
    public static LocalizedText HasFragment { get; } = new("có phần sau dấu #; hãy bỏ từ \"#\" trở đi", "has a fragment; drop everything from \"#\" on");

    public static LocalizedText HoldsNoUriCharacter { get; } = new(
        "có ký tự không được dùng trong URI (RFC 3986): một trong \" < > ^ ` { | } \\", "holds a character that no URI has (RFC 3986): one of \" < > ^ ` { | } \\");

    public static LocalizedText HarmfulEscape { get; } = new(
        "mã hóa bằng dấu % cho dấu gạch chéo, gạch chéo ngược, dấu chấm, dấu phần trăm hoặc ký tự điều khiển, hoặc mã hóa sai; mỗi máy chủ hiểu một khác",
        "percent-encodes a slash, back slash, dot, percent sign or control character, or does so wrongly; servers disagree on what that means");

    public static LocalizedText PortShape { get; } = new("có cổng không phải số từ 1 đến 65535", "has a port that is not a plain number from 1 to 65535");
    public static LocalizedText UpperCaseHost { get; } = new("có chữ hoa trong tên máy chủ; hãy viết tên máy chủ bằng chữ thường", "has upper-case letters in the host; write the host in lower case");

    public static LocalizedText HostShape { get; } = new(
        "có máy chủ không phải tên thường, không phải địa chỉ IPv4 gồm bốn số thập phân và không phải [::1]",
        "has a host that is neither a plain name, an IPv4 address in four decimal parts, nor [::1]");

    public static LocalizedText BracketsInPath { get; } = new("có dấu ngoặc vuông trong đường dẫn; hãy mã hóa bằng dấu %", "has square brackets in the path; percent-encode them");
    public static LocalizedText TwoSlashes { get; } = new("có hai dấu gạch chéo liền nhau trong đường dẫn; mỗi máy chủ hiểu một khác", "has two slashes in a row in the path; servers disagree on what that means");
    public static LocalizedText DotSegment { get; } = new("có phần \".\" hoặc \"..\" trong đường dẫn; hãy viết đường dẫn thật", "has \".\" or \"..\" as a part of the path; write the path as it is");

    public static LocalizedText MustBeHttps { get; } = new("phải là địa chỉ https", "must be an https address");
    public static LocalizedText NamesNoHost { get; } = new("không có tên máy chủ; hãy viết như https://app.example/callback", "names no host; write it like https://app.example/callback");

    public static LocalizedText LocalhostWithoutPort { get; } = new(
        "là localhost mà không có cổng; địa chỉ được so từng ký tự nên hãy ghi cả cổng (ứng dụng cài trên thiết bị dùng http://127.0.0.1)",
        "names localhost without a port; it is compared exactly, so write the port (a native application uses http://127.0.0.1)");

    public static LocalizedText PlainHttp { get; } = new(
        "dùng http; chỉ chấp nhận https, http chỉ dành cho 127.0.0.1, [::1] và localhost", "uses http; only https is accepted, http is for 127.0.0.1, [::1] and localhost alone");

    public static LocalizedText SchemeIsForNative { get; } = new(
        "phải là địa chỉ https; lược đồ riêng chỉ dành cho ứng dụng loại native", "must be an https address; an own scheme is for applications of the type native");

    public static LocalizedText SchemeIsNoDomain { get; } = new(
        "có lược đồ không phải tên miền viết ngược; hãy viết như vn.example.app:/callback", "has a scheme that is not a reversed domain name; write it like vn.example.app:/callback");

    public static LocalizedText SchemeWithoutPath { get; } = new(
        "có lược đồ riêng mà không có đường dẫn thường; hãy viết như vn.example.app:/callback", "has an own scheme without a plain path; write it like vn.example.app:/callback");

    public static LocalizedText ParameterTwice { get; } = new("lặp lại một tham số truy vấn", "repeats a query parameter");

    public static LocalizedText IsLong(int most) => new($"dài hơn {most} ký tự", $"is longer than {most} characters");
    public static LocalizedText DefaultPort(string port) => new($"ghi cổng mặc định; hãy bỏ :{port}", $"names the default port; write it without :{port}");

    public static LocalizedText ParameterIsOurs(string name) => new(
        $"có tham số truy vấn \"{name}\" mà câu trả lời của chúng tôi cũng dùng; hãy đổi tên", $"has the query parameter \"{name}\", which our answer uses; rename it");
}
