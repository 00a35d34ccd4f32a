using Microsoft.Extensions.Options;
using Npgsql;

namespace Identity.Domain.Storage.PostgreSql;

/// <summary>The ear of one node: a connection of its own outside the pool, for it does nothing but wait.</summary>
public sealed class WakeUpLine(IOptions<StorageOptions> storage)
{
    /// <summary>Seconds between signs of life, so that a connection that a firewall forgot is noticed.</summary>
    private const int KeepAlive = 15;

    public const string ApplicationName = "identity wake-up";

    /// <summary>Listens until the connection is lost, which it says by throwing. What happened before <paramref name="connected"/> ran, nobody will call again.</summary>
    public async Task ListenAsync(Func<CancellationToken, Task> connected, Func<WakeUpCall, CancellationToken, Task> called, CancellationToken ct)
    {
        var calls = new HashSet<WakeUpCall>();
        await using var connection = new NpgsqlConnection(ConnectionString());
        connection.Notification += (_, heard) =>
        {
            // A newer version may call what this one does not know.
            if (Enum.TryParse<WakeUpCall>(heard.Payload, out var call)) calls.Add(call);
        };
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {WakeUp.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        await connected(ct);
        while (true)
        {
            await connection.WaitAsync(ct);
            foreach (var call in calls) await called(call, ct);
            calls.Clear();
        }
    }

    private string ConnectionString() => new NpgsqlConnectionStringBuilder(storage.Value.ConnectionString)
    {
        Pooling = false,
        Multiplexing = false,
        KeepAlive = KeepAlive,
        ApplicationName = ApplicationName,
    }.ConnectionString;
}
