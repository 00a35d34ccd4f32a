using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What can be wrong with a connector, apart from the settings of its own protocol, which <see cref="SettingsCheck"/> judges.</summary>
internal static class ConnectorFaults
{
    public static LocalizedText SecretIsEmpty { get; } = new("phải là văn bản trong dấu ngoặc kép và không để trống", "must be a text in quotes, and not an empty one");
    public static LocalizedText RegisterAndItsKind { get; } = new("business_register và giao thức register phải đi cùng nhau", "business_register and the protocol register belong together");

    public static LocalizedText MaskWithoutSecret { get; } = new(
        "bị che, nhưng chưa có khóa bí mật nào được lưu cho kết nối này; hãy ghi chính khóa bí mật", "is masked, but no secret is stored for this connector; write the secret itself");

    public static LocalizedText SecretInClear { get; } = new("được lưu ở dạng đọc được; ở đây chỉ được có dấu che", "is stored in clear; only the mask may stand here");
    public static LocalizedText ProtectedValueMissing { get; } = new("bị che, nhưng thiếu giá trị được bảo vệ", "is masked, but its protected value is missing");

    public static LocalizedText DomainsAreForMail { get; } = new("chỉ dành cho kết nối loại official_mail", "belong to connectors of the kind official_mail");
    public static LocalizedText PasswordIsForMail { get; } = new("phải là official_mail khi giao thức là ldap hoặc imap", "must be official_mail for the protocols ldap and imap");
    public static LocalizedText ProtocolOfMail { get; } = new("phải là oidc, ldap hoặc imap đối với thư công vụ", "must be oidc, ldap or imap for official mail");

    public static LocalizedText DomainsAreNeeded { get; } = new(
        "cần có: tên miền trong địa chỉ người dùng nhập dẫn họ đến kết nối này", "are needed: the address that people type leads to the connector by its domain");

    public static LocalizedText DomainTwice { get; } = new("nêu một tên miền hai lần", "name a domain twice");

    public static LocalizedText AliasLeadsNowhere { get; } = new(
        "có alias_of không phải là một tên miền khác trong cùng danh sách, hoặc chính nó cũng là tên thay thế", "have an alias_of that is not another domain of the same list, or is an alias itself");

    /// <param name="members">That decide where the secret is sent.</param>
    public static LocalizedText MaskAtNewPlace(string members) => new(
        $"bị che, nhưng nơi nhận đã thay đổi (một trong: protocol, {members}); hãy ghi lại khóa bí mật để nó không bị gửi nhầm nơi",
        $"is masked, but where it is sent changed (one of: protocol, {members}); write the secret again, so that it is sent nowhere by surprise");

    public static LocalizedText DomainOfAnother(string domain, string owner) => new(
        $"có {domain}, đã thuộc kết nối đang bật {owner}; một địa chỉ chỉ được dẫn đến một nơi",
        $"hold {domain}, which the enabled connector {owner} has already; an address must lead to one place");
}
