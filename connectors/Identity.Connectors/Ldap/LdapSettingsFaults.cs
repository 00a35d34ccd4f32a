namespace Identity.Connectors.Ldap;

/// <summary>What <see cref="LdapConnectorSettings.Problems"/> finds, beyond what every line has.</summary>
internal static class LdapSettingsFaults
{
    public static SettingsFault OneWayToBind { get; } = new("bind_dn hoặc user_dn phải có, và chỉ một trong hai.", "bind_dn or user_dn must be given, and not both.");

    public static SettingsFault PasswordIsNeeded { get; } = new(
        "bind_password phải có khi dùng bind_dn: tra cứu không mật khẩu không chứng minh được ai đang trả lời.",
        "bind_password is needed with bind_dn: a search without one proves nothing about who answers it.");

    public static SettingsFault PasswordIsOfNoUse { get; } = new("bind_password không có tác dụng khi không có bind_dn.", "bind_password is of no use without bind_dn.");
    public static SettingsFault UserDnShape { get; } = new("user_dn phải có {address} hoặc {local}.", "user_dn must contain {address} or {local}.");
    public static SettingsFault LoginIsEmpty { get; } = new("login phải nêu ít nhất một thuộc tính.", "login must name at least one attribute.");
    public static SettingsFault IdIsGivenAgain { get; } = new(
        "id_attribute không được là mail hoặc uid: có ngày cả hai sẽ được cấp cho người khác.", "id_attribute must not be mail or uid: both are given to somebody else one day.");

    public static SettingsFault ClassShape { get; } = new("object_class phải là tên của một lớp.", "object_class must be the name of a class.");
    public static SettingsFault AttributesShape { get; } = new("attributes phải dẫn đến tên các thuộc tính.", "attributes must map to names of attributes.");

    public static SettingsFault MarkShape { get; } = new(
        "mọi dấu hiệu trong disabled_when và shared_when cần attribute (một mình, kèm value, hoặc kèm bit) hoặc under.",
        "every mark of disabled_when and shared_when needs attribute (alone, with value, or with bit) or under.");

    public static SettingsFault LoginShape(string attribute) => new(
        $"login phải dẫn từ tên thuộc tính đến giá trị có {{address}} hoặc {{local}}; {attribute} thì không.",
        $"login must map names of attributes to values with {{address}} or {{local}}; {attribute} does not.");

    public static SettingsFault NotAttribute(string member) => new($"{member} phải là tên của một thuộc tính.", $"{member} must be the name of an attribute.");

    public static SettingsFault AttributeIsNotProved(string attribute, string known) => new(
        $"attributes có {attribute}, điều mà danh bạ hộp thư không chứng minh; dùng được: {known}.",
        $"attributes contains {attribute}, which a directory of mailboxes does not prove; known are {known}.");
}
