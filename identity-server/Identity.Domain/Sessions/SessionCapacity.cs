namespace Identity.Domain.Sessions;

/// <summary>What a person chose to be at one application in one session, so that it is not asked again until the next session (or until they switch).</summary>
public sealed class SessionCapacity
{
    public Guid SessionId { get; init; }
    public required string ClientId { get; init; }

    /// <summary><see cref="Delegation.Capacity.Id"/>, <c>self</c> included.</summary>
    public required string Capacity { get; set; }

    public DateTimeOffset ChosenAt { get; set; }
}
