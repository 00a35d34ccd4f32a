namespace Identity.Domain.Sessions;

/// <summary>An application that the session has signed in to, and therefore must be told when it ends.</summary>
public sealed class SessionParticipant
{
    public Guid SessionId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>The <c>sid</c> this client knows the session by; different for every client, so that two cannot compare notes.</summary>
    public required string Sid { get; init; }

    /// <summary>Subject identifier that the client received; empty when it received several, because the person acted for several parties.</summary>
    public required string Subject { get; init; }

    public DateTimeOffset FirstAt { get; init; }
}
