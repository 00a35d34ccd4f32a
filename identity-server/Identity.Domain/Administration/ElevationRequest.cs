namespace Identity.Domain.Administration;

/// <summary>Somebody asks to hold more for some hours. It becomes a <see cref="RoleAssignment"/> when somebody else agrees.</summary>
public sealed class ElevationRequest
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public AdminRole Role { get; init; }
    public int Hours { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What was urgent then is another matter now.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>As the trail names actors.</summary>
    public string? DecidedBy { get; private set; }

    public bool? Granted { get; private set; }
}
