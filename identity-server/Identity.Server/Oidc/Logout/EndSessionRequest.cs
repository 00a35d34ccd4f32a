using Identity.Domain.Clients;

namespace Identity.Server.Oidc.Logout;

/// <summary>A logout request that broke no rule; it may still be anybody's.</summary>
public sealed record EndSessionRequest
{
    public static readonly EndSessionRequest Anonymous = new();

    /// <summary>Named by a hint of ours, or by itself together with a return address that it registered.</summary>
    public Client? Client { get; init; }

    /// <summary>The session that the hint speaks of, as its client knows it. Null without a hint.</summary>
    public string? HintedSid { get; init; }

    /// <summary>Registered by <see cref="Client"/>, letter for letter.</summary>
    public string? ReturnTo { get; init; }

    public string? State { get; init; }
    public string? UiLocales { get; init; }
}

public abstract record EndSessionVerdict
{
    private EndSessionVerdict() { }

    public sealed record Valid(EndSessionRequest Request) : EndSessionVerdict;

    /// <summary>Shown here, never sent anywhere: whatever address the request named is not proven.</summary>
    public sealed record Shown(OidcError Error, Client? Client) : EndSessionVerdict;
}
