namespace Identity.Domain.Grants;

/// <summary>Proof that a person was told, or agreed, what a client receives. Kept after withdrawal: the controller must be able to show it.</summary>
public sealed class Consent
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Claim names that were shown and released, space-separated and sorted.</summary>
    public required string Claims { get; init; }

    /// <summary>Claim names that were offered as optional and left unticked.</summary>
    public required string Declined { get; init; }

    /// <summary>Those of <see cref="Claims"/> that a statute orders: shown, not asked about. Null in rows of older versions, where <see cref="Kind"/> speaks for all.</summary>
    public string? Notified { get; init; }

    /// <summary><c>notice</c> when nothing was asked, otherwise <c>consent</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the client's registration whose words were shown.</summary>
    public int ClientVersion { get; init; }

    /// <summary>The words themselves, by <see cref="ReleaseWords"/>; null in rows of older versions, whose answers are asked for once more.</summary>
    public string? WordsDigest { get; init; }

    /// <summary>Language the page was shown in.</summary>
    public required string Language { get; init; }

    public DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
}
