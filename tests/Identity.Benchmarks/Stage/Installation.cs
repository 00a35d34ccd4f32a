using System.Globalization;

namespace Identity.Benchmarks.Stage;

/// <summary>The server on one engine: database, configuration, accounts, nodes. Starts whatever it needs and ends it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly PostgreSqlCluster? _cluster;
    private readonly List<RunningNode> _nodes = [];

    private Installation(ServerSettings settings, PostgreSqlCluster? cluster) => (Settings, _cluster) = (settings, cluster);

    public ServerSettings Settings { get; }
    public IReadOnlyList<RunningNode> Nodes => _nodes;
    public IReadOnlyList<Uri> Addresses => [.. _nodes.Select(n => n.Address)];
    public IReadOnlyList<int> Processes => [.. _nodes.Select(n => n.ProcessId)];
    public IReadOnlyList<int> DatabaseProcesses => _cluster is null ? [] : [_cluster.ProcessId];

    public static async Task<Installation> StartAsync(string provider, PublishedServer server, StageOptions options, WorkFolder work, CancellationToken ct)
    {
        var installation = await OpenAsync(provider, options, work, ct);
        try
        {
            await installation.PrepareAsync(server, options.Accounts, ct);
            // Only PostgreSQL carries several nodes.
            var nodes = provider == ServerSettings.PostgreSql ? options.Nodes : 1;
            for (var i = 0; i < nodes; i++) installation._nodes.Add(await RunningNode.StartServerAsync(server, installation.Settings, options.ServerCores, ct));
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database alone, without a server on it.</summary>
    public static async Task<Installation> OpenAsync(string provider, StageOptions options, WorkFolder work, CancellationToken ct)
    {
        if (provider == ServerSettings.Sqlite) return new(ServerSettings.OnSqlite(work.Sub("sqlite")), null);
        var cluster = await PostgreSqlCluster.StartAsync(work.Sub("postgresql"), options.DatabaseCores, ct);
        return new(ServerSettings.OnPostgreSql(work.Sub("on-postgresql"), cluster), cluster);
    }

    /// <summary>Schema, configuration and accounts; what is there already stays.</summary>
    public async Task PrepareAsync(PublishedServer server, int accounts, CancellationToken ct)
    {
        var commands = new ServerCommandLine(server, Settings);
        await commands.MigrateAsync(ct);
        await commands.ConfigureAsync(ct);
        var note = Path.Combine(Settings.Folder, "accounts");
        var known = File.Exists(note) ? int.Parse(await File.ReadAllTextAsync(note, ct), CultureInfo.InvariantCulture) : 0;
        for (; known < accounts; known++)
        {
            await commands.CreateAccountAsync(known, ct);
            await File.WriteAllTextAsync(note, (known + 1).ToString(CultureInfo.InvariantCulture), ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}
