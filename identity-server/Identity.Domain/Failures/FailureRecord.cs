namespace Identity.Domain.Failures;

/// <summary>
/// A sign-in that did not arrive, and the steps up to there. Holds words of ours, times and names from the configuration; nothing that says
/// who it was.
/// </summary>
public sealed class FailureRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The code that the page showed; null when nobody saw a page.</summary>
    public string? Reference { get; init; }

    public FailureEnding Ending { get; init; }

    /// <summary>Name of the problem, as in the trail.</summary>
    public string? Problem { get; init; }

    public string? ClientId { get; init; }
    public string? Connector { get; init; }

    /// <summary>When the application asked.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The steps in their compact form; read by <see cref="SignInSteps"/>.</summary>
    public required string Steps { get; init; }
}

public enum FailureEnding
{
    /// <summary>A page said what went wrong.</summary>
    Problem = 0,

    /// <summary>The person went back to the application.</summary>
    Abandoned = 1,

    /// <summary>Nothing came any more.</summary>
    Expired = 2,

    /// <summary>The sign-in was done, and the application sent the person here again.</summary>
    Bounced = 3,

    /// <summary>The application was told that what it asked for cannot be had; no page of ours said so.</summary>
    Refused = 4,
}
