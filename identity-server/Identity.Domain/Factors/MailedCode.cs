namespace Identity.Domain.Factors;

/// <summary>A code on its way to the address that a person proved to be theirs: for one parked request, which belongs to one browser.</summary>
public sealed class MailedCode
{
    /// <summary>The parked request; the next code takes this one's place.</summary>
    public required string RequestId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Keyed, over request and person as well: see <see cref="RecoveryCodes"/> for why no slow hash.</summary>
    public required string Digest { get; init; }

    public int Attempts { get; init; }
    public DateTimeOffset SentAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
