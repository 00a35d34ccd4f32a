namespace Identity.Connectors.Lines;

/// <summary>What can be wrong with the way to a directory or a mail server.</summary>
internal static class LineSettingsFaults
{
    public static SettingsFault IssuerIsNoUrn { get; } = new(
        "issuer phải là tên dạng urn:…, ví dụ urn:anbinh:mail.", "issuer must be a name of the form urn:…, for example urn:anbinh:mail.");

    public static SettingsFault HostShape { get; } = new("host phải là tên máy chủ hoặc địa chỉ IP, không kèm lược đồ.", "host must be a host name or an address, without a scheme.");
    public static SettingsFault PortOutOfRange { get; } = new("port phải từ 1 đến 65535.", "port must be between 1 and 65535.");
    public static SettingsFault TimeoutOutOfRange { get; } = new("timeout phải từ 1 đến 30 giây.", "timeout must be between 1 and 30 seconds.");
    public static SettingsFault ParallelOutOfRange { get; } = new("max_parallel phải từ 1 đến 256.", "max_parallel must be between 1 and 256.");
    public static SettingsFault FileIsNotAbsolute { get; } = new("ca_files phải là đường dẫn đầy đủ của tệp.", "ca_files must be absolute paths.");

    public static SettingsFault NoCertificate { get; } = new(
        "ca_certificates phải là chứng thư dạng PEM (-----BEGIN CERTIFICATE-----).", "ca_certificates must be certificates in PEM (-----BEGIN CERTIFICATE-----).");

    public static SettingsFault MailboxShape { get; } = new(
        "shared_mailboxes phải là phần trước @ viết chữ thường, nhiều nhất một dấu sao ở cuối.", "shared_mailboxes must be local parts in lower case, with at most a star at the end.");
}
