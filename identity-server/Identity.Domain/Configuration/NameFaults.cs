using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What <see cref="NameRules"/> refuse.</summary>
internal static class NameFaults
{
    public static LocalizedText ClientIdShape { get; } =
        new("phải có 1 đến 100 chữ không dấu, chữ số, \".\", \"_\", \"~\" hoặc \"-\"", "must be 1 to 100 ASCII letters, digits, \".\", \"_\", \"~\" or \"-\"");

    public static LocalizedText NameShape { get; } =
        new("phải có 1 đến 60 chữ thường không dấu, chữ số, \"-\" hoặc \"_\", bắt đầu bằng chữ", "must be 1 to 60 lower-case ASCII letters, digits, \"-\" or \"_\", a letter first");

    public static LocalizedText ScopeShape { get; } =
        new("phải có 1 đến 100 chữ thường không dấu, chữ số, \".\", \":\", \"_\" hoặc \"-\"", "must be 1 to 100 lower-case ASCII letters, digits, \".\", \":\", \"_\" or \"-\"");

    public static LocalizedText ClaimOfProtocol { get; } =
        new("là thông tin của chính giao thức, không phải thông tin mà một scope trao", "is a claim of the protocol itself, not one that a scope releases");

    public static LocalizedText ClaimShape { get; } = new("phải có 1 đến 60 chữ thường không dấu, chữ số hoặc \"_\"", "must be 1 to 60 lower-case ASCII letters, digits or \"_\"");
    public static LocalizedText ClaimIsMadeOfOthers { get; } = new("được ghép từ các thông tin khác; hãy nêu tên các thông tin đó", "is made of other claims; name those");
    public static LocalizedText ClaimFollowsAnother { get; } = new("đi cùng thông tin mà nó nói về; hãy nêu tên thông tin đó", "goes where the value goes that it speaks of; name that");
    public static LocalizedText MethodShape { get; } = new("phải là tên cách xác thực theo RFC 8176, ví dụ pwd, otp, hwk", "must be a method name of RFC 8176 such as pwd, otp, hwk");

    public static LocalizedText AudienceShape { get; } =
        new("phải là URI https hoặc urn không có phần sau dấu # (RFC 8707), ví dụ https://api.example", "must be an https or urn URI without a fragment (RFC 8707), for example https://api.example");

    public static LocalizedText MailDomainShape { get; } =
        new("phải là tên miền viết bằng chữ thường không dấu, ví dụ anbinh.example; không có @, không có *", "must be a domain in lower-case ASCII letters, for example anbinh.example; no @, no *");

    public static LocalizedText BlankOrPadded { get; } = new("để trống hoặc có khoảng trắng ở đầu hay cuối", "is blank or has white space around it");

    public static LocalizedText HoldsInvisible { get; } =
        new("có ký tự điều khiển, đổi hướng chữ hoặc không có bề rộng, có thể dùng để giả tên", "holds control, direction or zero-width characters, which could disguise a name");

    public static LocalizedText NotComposed { get; } = new("không ở dạng Unicode dựng sẵn (NFC); hãy gõ lại", "is not in Unicode normal form C; type it anew");

    public static LocalizedText IsLong(int most) => new($"dài hơn {most} ký tự", $"is longer than {most} characters");
}
