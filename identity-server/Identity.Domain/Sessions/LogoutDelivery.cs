namespace Identity.Domain.Sessions;

/// <summary>One back-channel logout owed to one application, and the receipt once it has been taken.</summary>
public sealed class LogoutDelivery
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Logout page that waits for the result, when a person stands in front of it.</summary>
    public Guid SessionId { get; init; }

    public required string ClientId { get; init; }
    public required string Sid { get; init; }
    public required string Subject { get; init; }
    public LogoutDeliveryState State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NextAttemptAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>HTTP status or the kind of failure of the last attempt; never the answer's body.</summary>
    public string? LastResult { get; set; }
}

public enum LogoutDeliveryState
{
    Pending = 0,
    Delivered = 1,

    /// <summary>Every attempt was used up.</summary>
    Failed = 2,

    /// <summary>The application registered no back-channel address: nothing can be known.</summary>
    NotPossible = 3,
}
