namespace Identity.Benchmarks.Stage;

/// <summary>One installation: what every node and every command of the server is told.</summary>
/// <param name="Folder">Holds the master key and the logs.</param>
internal sealed record ServerSettings(string Folder, string Provider, string ConnectionString)
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    /// <summary>Production settings throughout: TLS ends at a proxy on this machine, which the generator plays.</summary>
    public Dictionary<string, string> Environment(Uri? address = null) => new()
    {
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["Urls"] = (address ?? new("http://127.0.0.1:1")).GetLeftPart(UriPartial.Authority),
        ["Oidc__Issuer"] = BenchmarkClients.Issuer,
        // Simulated people ask faster than any application that goes round in circles.
        ["Login__BounceWindow"] = "00:00:00",
        ["Listener__TrustedProxies__0"] = "127.0.0.1",
        ["Province__NameVi"] = "Tỉnh An Bình",
        ["Province__NameEn"] = "An Binh Province",
        ["Province__Host"] = new Uri(BenchmarkClients.Issuer).Host,
        ["Province__ReferencePrefix"] = "AB",
        ["Storage__Provider"] = Provider,
        ["Storage__ConnectionString"] = ConnectionString,
        ["Storage__MasterKeyFile"] = Path.Combine(Folder, "master.key"),
        ["Storage__CreateMasterKey"] = "true",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Identity"] = "Warning",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning",
    };

    public static ServerSettings OnSqlite(string folder) => new(folder, Sqlite, $"Data Source={Path.Combine(folder, "identity.db")}");

    public static ServerSettings OnPostgreSql(string folder, PostgreSqlCluster cluster) => new(folder, PostgreSql, cluster.ConnectionString);
}
