namespace Identity.Connectors.VNeId;

/// <summary>What <see cref="VNeIdConnectorSettings.Problems"/> finds, beyond what all upstreams share.</summary>
internal static class VNeIdSettingsFaults
{
    public static SettingsFault PartTwice { get; } = new("encrypted nêu một phần hai lần.", "encrypted names a part twice.");
    public static SettingsFault CipherIsUnknown { get; } = new("cipher_mode phải là aes-cbc-iv-prefix hoặc aes-ecb.", "cipher_mode must be aes-cbc-iv-prefix or aes-ecb.");
    public static SettingsFault PaddingIsUnknown { get; } = new("rsa_padding phải là pkcs1 hoặc oaep-sha256.", "rsa_padding must be pkcs1 or oaep-sha256.");

    public static SettingsFault KeyOpensNothing { get; } = new(
        "private_key đã có, nhưng encrypted không nêu phần nào cần khóa này mở.", "private_key is given, but encrypted names nothing that it would open.");

    public static SettingsFault ParameterIsTaken { get; } = new("key_parameter phải là tên của một tham số riêng.", "key_parameter must be the name of a parameter of its own.");
    public static SettingsFault MembersAreOne { get; } = new("data_member và key_member phải là hai tên khác nhau.", "data_member and key_member must be two names.");
    public static SettingsFault StateOutOfRange { get; } = new("state_lifetime phải từ 30 giây đến 5 phút.", "state_lifetime must be between 30 seconds and 5 minutes.");

    public static SettingsFault KeyIsUnusable(int shortest, int longest) => new(
        $"private_key phải là khóa RSA dạng PEM không mã hóa, dài {shortest} đến {longest} bit.", $"private_key must be an unencrypted PEM RSA key of {shortest} to {longest} bits.");
}
