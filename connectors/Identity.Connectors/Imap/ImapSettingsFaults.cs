namespace Identity.Connectors.Imap;

/// <summary>What <see cref="ImapConnectorSettings.Problems"/> finds, beyond what every line has.</summary>
internal static class ImapSettingsFaults
{
    public static SettingsFault LoginNameShape { get; } = new("login_name phải là {address} hoặc {local}.", "login_name must be {address} or {local}.");
    public static SettingsFault DirectoryIsEmpty { get; } = new("directory phải là tên của một kết nối ldap.", "directory must be the name of an ldap connector.");
}
