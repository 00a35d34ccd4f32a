namespace Identity.Domain.Clients;

/// <summary>Bounds and defaults of what an operator may set per client.</summary>
public static class ClientLimits
{
    public readonly record struct Bounds(TimeSpan Least, TimeSpan Default, TimeSpan Most);

    /// <summary>An access token outlives its revocation for at most this long at an API that never asks us.</summary>
    public static readonly Bounds AccessToken = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    public static readonly Bounds RefreshToken = new(TimeSpan.FromMinutes(10), TimeSpan.FromDays(30), TimeSpan.FromDays(365));
    public static readonly Bounds RefreshTokenIdle = new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(14), TimeSpan.FromDays(365));

    /// <summary>
    /// For clients on lossy lines: within it a rotated token may be presented again and yields the same successor. 0, the
    /// default, is strict: every second use ends the family.
    /// </summary>
    public static readonly Bounds RefreshTokenGrace = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(60));

    /// <summary>RFC 6749 §4.1.2 tolerates ten minutes, FAPI 2.0 one; one is plenty for a redirect.</summary>
    public static readonly Bounds AuthorizationCode = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));

    public static readonly Bounds SessionMaxAge = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(8), TimeSpan.FromDays(30));

    public const int DefaultRememberReleaseDays = 365;
    public const int MaxRememberReleaseDays = 3650;
    public const int MaxListLength = 50;
    public const int MaxSecrets = 5;
}
