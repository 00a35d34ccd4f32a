using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Applications;

/// <summary>Something that works until a moment.</summary>
/// <param name="Name">Of the client, the connector, the algorithm or the announcement.</param>
/// <param name="Subject">Always the same for the same thing: the marks of its letters hang on it.</param>
public sealed record Ending(EndingKind Kind, string Name, string Subject, DateTimeOffset EndsAt)
{
    /// <summary>A younger one that lives longer is in place: nothing will break, so nobody is written to.</summary>
    public bool HasHeir { get; init; }

    public bool IsOfClient => Kind is EndingKind.ClientSecret or EndingKind.ClientCertificate or EndingKind.ClientKey or EndingKind.ClientKeySet or EndingKind.ClientConfirmation;

    /// <summary>It is not over with its moment: somebody still has to answer, or to mend what has broken.</summary>
    public bool IsOpenAfterwards => Kind is EndingKind.ClientConfirmation or EndingKind.ClientKeySet;

    /// <summary>Keys have successors, announcements are meant to end, a question that nobody answers stops nothing; the others break something.</summary>
    public bool Breaks => Kind is not (EndingKind.SigningKey or EndingKind.Announcement or EndingKind.ClientConfirmation);

    public bool IsOfConnector => Breaks && !IsOfClient;

    /// <summary>Which one, in the open: of a secret the subject is its digest, and nobody needs that in an address.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Subject)))[..16];

    public static string SubjectOf(EndingKind kind, string name, string thing) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}\n{thing}")));
}

public enum EndingKind
{
    ClientSecret,

    /// <summary>In its key set (RFC 7517 §4.7).</summary>
    ClientCertificate,

    /// <summary>The end that a key says of itself (OpenID Federation 1.0 §8.7.2).</summary>
    ClientKey,

    /// <summary>Nothing that proves the application can be read at the address of its keys. The moment is when that began.</summary>
    ClientKeySet,

    /// <summary>Of the upstream's own server.</summary>
    ConnectorCertificate,

    /// <summary>What the upstream's certificate is judged by.</summary>
    TrustAnchor,

    /// <summary>What the upstream publishes cannot be read; nodes live on what they remember.</summary>
    UpstreamMetadata,

    /// <summary>The upstream publishes other addresses than before. No end of anything, but whoever keeps connectors hears of it once.</summary>
    UpstreamChanged,
    SigningKey,

    /// <summary>Only listed: nobody is written to because an announcement goes.</summary>
    Announcement,

    /// <summary>By then an owner has to say that it is still in use. No end of anything.</summary>
    ClientConfirmation,
}
