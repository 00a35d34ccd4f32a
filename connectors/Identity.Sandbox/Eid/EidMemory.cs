using System.Diagnostics.CodeAnalysis;
using Identity.Sandbox.Failures;
using Identity.Sandbox.People;

namespace Identity.Sandbox.Eid;

/// <summary>Everything the provider remembers; a restart forgets it.</summary>
internal sealed class EidMemory(TimeProvider clock)
{
    public ShortLived<AuthorizeRequest> Requests { get; } = new(TimeSpan.FromMinutes(30), clock);

    public ShortLived<Approval> Codes { get; } = new(TimeSpan.FromMinutes(1), clock);

    public ShortLived<Approval> AccessTokens { get; } = new(AccessTokenLifetime, clock);

    public ShortLived<EidSession> Sessions { get; } = new(TimeSpan.FromHours(8), clock);

    public static TimeSpan AccessTokenLifetime { get; } = TimeSpan.FromHours(1);
}

internal sealed record AuthorizeRequest(string RedirectUri, string Scope)
{
    public string? State { get; init; }

    public string? Nonce { get; init; }

    public string? CodeChallenge { get; init; }

    public string? LoginHint { get; init; }

    public override string ToString() => RedirectUri;
}

/// <summary>What a code and later an access token stand for.</summary>
internal sealed record Approval(AuthorizeRequest Request, SyntheticPerson Person, DateTimeOffset At, Failure Failure);

[SuppressMessage("Performance", "CA1812", Justification = "Made on sign-in.")]
internal sealed record EidSession(SyntheticPerson Person, DateTimeOffset At);
