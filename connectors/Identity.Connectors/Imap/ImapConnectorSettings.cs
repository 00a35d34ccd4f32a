using System.Text.Json;
using Identity.Connectors.Lines;

namespace Identity.Connectors.Imap;

/// <summary>A mail server that is asked whether it would let this person in. It needs no account of ours and holds no secret of ours.</summary>
public sealed record ImapConnectorSettings : LineSettings
{
    /// <summary>What the server calls a mailbox: <c>{address}</c>, or <c>{local}</c> where it knows one domain only.</summary>
    public string LoginName { get; init; } = "{address}";
    public ImapMechanism Mechanism { get; init; } = ImapMechanism.Plain;

    /// <summary>
    /// Row of an LDAP connector that knows the same mailboxes. IMAP has no immutable id: without a directory the link is to the
    /// address, and whoever is given the address next is the person before, until the personnel record says otherwise.
    /// </summary>
    public string? Directory { get; init; }

    internal override int StandardPort => Security == LineSecurity.Tls ? 993 : 143;

    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static ImapConnectorSettings FromJson(string json) => JsonSerializer.Deserialize<ImapConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    /// <summary>For the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<SettingsFault> Problems() => [.. LineProblems(), .. OwnProblems()];

    private IEnumerable<SettingsFault> OwnProblems()
    {
        if (LoginName is not ("{address}" or "{local}")) yield return ImapSettingsFaults.LoginNameShape;
        if (Directory is "") yield return ImapSettingsFaults.DirectoryIsEmpty;
    }
}

/// <summary>Both send the password as it is, which is why both wait for TLS.</summary>
public enum ImapMechanism
{
    /// <summary><c>AUTHENTICATE PLAIN</c> (RFC 4616).</summary>
    Plain,

    /// <summary>The <c>LOGIN</c> command (RFC 3501 §6.2.3), for servers that know nothing else.</summary>
    Login,
}
