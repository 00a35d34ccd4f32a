using Identity.Protocols.Federation;

namespace Identity.Domain.Factors;

/// <summary>
/// What we know about a passkey beyond its public key, which ASP.NET Core Identity keeps in a row of its own (<c>passkeys</c>):
/// what the owner calls it, when it was used, how far its counter has come.
/// </summary>
public sealed class OwnPasskey
{
    /// <summary>Stands in forms; the credential's own id is long and would let two accounts on one device be compared.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required byte[] CredentialId { get; init; }
    public Guid PersonId { get; init; }
    public required string Name { get; set; }

    /// <summary>How well the person was proofed in the session that bound it. A sign-in with it vouches for this and never for more: whoever held only
    /// a mailbox when they added a passkey holds only a mailbox afterwards, whatever else the person has.</summary>
    public ProofingLevel Proofing { get; init; }

    /// <summary>WebAuthn §6.1.1. Authenticators that synchronise keep it at 0; any other must grow.</summary>
    public long SignCount { get; init; }

    public DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
}
