namespace Identity.Domain.Sessions;

/// <summary>A sign-out on its way through the pages: what was asked, by whom, and where to return to.</summary>
public sealed class LogoutRequest
{
    public required string Id { get; init; }
    public required string BrowserDigest { get; init; }
    /// <summary>The session to end: the one of this browser when it was asked, and again when the person answers.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Client that was proven by a valid <c>id_token_hint</c> or named itself with a registered return address.</summary>
    public string? ClientId { get; init; }

    public string? PostLogoutRedirectUri { get; init; }
    public string? State { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; set; }
}
