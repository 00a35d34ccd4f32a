using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Identity.Connectors.Lines;

/// <summary>
/// How to reach a directory or a mail server; members are snake_case in JSON. There is no setting for a line without TLS,
/// because passwords go over it, and none that skips the check of the certificate.
/// </summary>
public abstract record LineSettings
{
    /// <summary>
    /// The half of the linking key that says whose mailboxes these are: a name, not an address, so that the server may move. Once
    /// people have signed in it must never change.
    /// </summary>
    public required string Issuer { get; init; }
    public required string Host { get; init; }

    /// <summary>The protocol's own port for <see cref="Security"/> when not given.</summary>
    public int? Port { get; init; }
    public LineSecurity Security { get; init; } = LineSecurity.Tls;

    /// <summary>The province's own authorities, as PEM; with any given here or in files, no other authority counts.</summary>
    public IReadOnlyList<string> CaCertificates { get; init; } = [];

    /// <summary>The same as files that every node can read; read anew for each connection, so that a renewal needs no restart.</summary>
    public IReadOnlyList<string> CaFiles { get; init; } = [];

    /// <summary>For a whole sign-in, waiting for a place included. People look at a page meanwhile.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sign-ins that may be at this server at once; four times as many may wait. Others pass by on their own lanes.</summary>
    public int MaxParallel { get; init; } = 16;

    /// <summary>Local parts of mailboxes that belong to an office (<c>vanphong</c>, <c>so*</c>); nobody signs in by one.</summary>
    public IReadOnlyList<string> SharedMailboxes { get; init; } = [];

    internal abstract int StandardPort { get; }

    protected static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>When the first of the authorities named here ends; null without any. A file that this node cannot read is left out: the next sign-in says so.</summary>
    public DateTimeOffset? AnchorsUntil()
    {
        var anchors = new X509Certificate2Collection();
        foreach (var pem in CaCertificates) anchors.ImportFromPem(pem);
        foreach (var file in CaFiles)
        {
            try
            {
                anchors.ImportFromPem(File.ReadAllText(file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                continue;
            }
        }
        DateTimeOffset? first = anchors.Count == 0 ? null : anchors.Min(a => new DateTimeOffset(a.NotAfter.ToUniversalTime()));
        foreach (var anchor in anchors) anchor.Dispose();
        return first;
    }

    internal bool IsShared(string mailbox) => SharedMailboxes.Any(pattern => Matches(pattern, mailbox.Split('@')[0]));

    protected IEnumerable<SettingsFault> LineProblems()
    {
        if (!Issuer.StartsWith("urn:", StringComparison.Ordinal) || Issuer.Length is < 8 or > 200 || Issuer.Any(c => c is <= ' ' or > '~'))
            yield return LineSettingsFaults.IssuerIsNoUrn;
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown) yield return LineSettingsFaults.HostShape;
        if (Port is < 1 or > 65535) yield return LineSettingsFaults.PortOutOfRange;
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromSeconds(30)) yield return LineSettingsFaults.TimeoutOutOfRange;
        if (MaxParallel is < 1 or > 256) yield return LineSettingsFaults.ParallelOutOfRange;
        if (CaFiles.Any(f => !Path.IsPathRooted(f))) yield return LineSettingsFaults.FileIsNotAbsolute;
        if (CaCertificates.Any(pem => !IsCertificate(pem))) yield return LineSettingsFaults.NoCertificate;
        if (SharedMailboxes.Any(m => m.Length == 0 || m.TrimEnd('*').Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_'))))
            yield return LineSettingsFaults.MailboxShape;
    }

    private static bool Matches(string pattern, string local) =>
        pattern.EndsWith('*') ? local.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal) : local == pattern;

    private static bool IsCertificate(string pem)
    {
        try
        {
            using var _ = X509Certificate2.CreateFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

public enum LineSecurity
{
    /// <summary>TLS from the first byte (LDAPS, IMAPS).</summary>
    Tls,

    /// <summary>An upgrade before anything is said; a server that does not offer it is not spoken to.</summary>
    [JsonStringEnumMemberName("starttls")]
    StartTls,
}
