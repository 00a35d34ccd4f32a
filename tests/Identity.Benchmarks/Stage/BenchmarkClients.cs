using System.Globalization;
using Identity.Benchmarks.Load;

namespace Identity.Benchmarks.Stage;

/// <summary>What benchmark.json configures. Synthetic, and worth nothing outside a throw-away database.</summary>
internal static class BenchmarkClients
{
    public static readonly LoadClient Machine = new("bench-machine", "bench-machine-secret-0123456789", "bench.read");
    public static readonly LoadClient Web = new("bench-web", "bench-web-secret-0123456789ab", "openid profile offline_access bench.read");

    public const string RedirectUri = "http://127.0.0.1/cb";
    public const string Sector = "bench";
    public const string Connector = "local";

    /// <summary>A province does not announce its name by plain http; a proxy ends TLS before the server.</summary>
    public const string Issuer = "https://signin.example";

    public static readonly LoadCredentials Credentials = new() { User = "user{n}", Password = "bench-password-long-enough-{n}" };

    public static string UserName(int number) => Credentials.Of(number).User;

    public static string Password(int number) => Credentials.Of(number).Password;

    public static string FullName(int number) => string.Create(CultureInfo.InvariantCulture, $"Nguyễn Văn {number}");

    public static LoadOptions Load(string mode, IReadOnlyList<Uri> nodes) => new()
    {
        Mode = mode,
        Bases = nodes,
        Machine = Machine,
        Web = Web,
        RedirectUri = RedirectUri,
        Credentials = Credentials,
        BehindTls = true,
    };
}
