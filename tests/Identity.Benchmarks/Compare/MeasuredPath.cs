using Identity.Benchmarks.Load;

namespace Identity.Benchmarks.Compare;

/// <summary>One row of the table: what is driven, what it may cost, and which work of the floor it is a multiple of.</summary>
/// <param name="FloorMode">Mode that the floor is driven with: <c>cc</c>, <c>disc</c> or <c>password</c>.</param>
/// <param name="Budget">CPU microseconds per operation; on top of the floor's hash for a password.</param>
internal sealed record MeasuredPath(string Name, string Title, string FloorMode, Budget Budget)
{
    public const string PasswordFloor = "password";

    /// <summary>The budgets that the project has set itself (README.md).</summary>
    public static IReadOnlyList<MeasuredPath> All { get; } =
    [
        new("cc", "client_credentials, JWT", "cc", new(120, 120, 15)),
        new("sso", "code flow with a session (authorize + token + userinfo)", "cc", new(800, 600, 300)),
        new("refresh", "refresh with rotation", "cc", new(400, 300, 200)),
        new("introspect", "introspection of a JWT, seen", "cc", new(80, 80, 0)),
        new("introspect-first", "introspection of a JWT, first time", "cc", new(170, 170, 0)),
        new("introspect-code", "introspection of a token of a person", "cc", new(80, 80, 0)),
        new("userinfo", "userinfo", "cc", new(120, 120, 0)),
        new("disc", "discovery and JWKS (two requests)", "disc", new(100, 100, 0)),
        new("signin-page", "sign-in page, from the authorization request on", "disc", new(300, 300, 60)),
        // The page (300 + 60), the flow behind it (800, or 600 + 300) and 500 for the check around the hash.
        new("login", "password sign-in, whole", PasswordFloor, new(1_600, 1_400, 360)),
    ];

    public LoadOptions Options(LoadOptions common) => Name == "introspect-code"
        ? common with { Mode = "introspect", IntrospectCodeToken = true }
        : common with { Mode = Name };
}

internal sealed record Budget(double Sqlite, double Server, double Database);
