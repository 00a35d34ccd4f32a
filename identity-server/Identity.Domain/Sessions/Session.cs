using Identity.Domain.Assurance;
using Identity.Protocols.Federation;

namespace Identity.Domain.Sessions;

/// <summary>A signed-in browser. The cookie holds a random reference; this row holds everything else.</summary>
public sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string SecretDigest { get; init; }
    public Guid PersonId { get; init; }
    public required string Connector { get; init; }
    public required string Acr { get; init; }

    /// <summary>RFC 8176 method names, space-separated; empty when the upstream did not say.</summary>
    public required string Amr { get; init; }

    public int Level { get; init; }
    public ProofingLevel Proofing { get; init; }
    public DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>What was proved and when, as <see cref="Proof.Write"/> has it; null for a sign-in that nothing was added to.</summary>
    public string? Proofs { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; internal set; }

    /// <summary>Absolute end; being seen never moves it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndReason { get; private set; }

    /// <summary>Browser and system family for the person's own device list, for example "Chrome · Android".</summary>
    public required string Device { get; init; }

    public string? Address { get; init; }

    /// <summary>On a computer that many people use: forgotten after minutes without use, whatever the general limit is.</summary>
    public bool? SharedComputer { get; init; }

    /// <summary>The session in the words of <see cref="AssurancePolicy"/>.</summary>
    public AuthenticationContext Context()
    {
        var context = new AuthenticationContext(Level, Amr.Split(' ', StringSplitOptions.RemoveEmptyEntries), AuthenticatedAt, Proofing, Connector);
        return Proofs is null ? context : context with { Proofs = Proof.Read(Proofs) };
    }

    public static Session Begin(DateTimeOffset now, Func<DateTimeOffset, Session> make)
    {
        var session = make(now);
        session.LastSeenAt = now;
        return session;
    }
}
