using System.CommandLine;
using Identity.Domain.Audit;
using Identity.Server.Startup;
using Microsoft.Extensions.Logging.Console;

namespace Identity.Server.Commands;

/// <summary>The server's services without its listener, and one unit of work that the audit trail ascribes to the operator.</summary>
internal sealed class OperatorSession : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    private OperatorSession(WebApplication app)
    {
        _app = app;
        _scope = app.Services.CreateAsyncScope();
        Get<RequestOrigin>().Actor = Actor;
    }

    public static string Actor => $"command:{Environment.UserName}";

    /// <summary>Settings are checked; the database is not touched yet.</summary>
    public static OperatorSession Open(FileInfo? settings)
    {
        var app = ServerApplication.Build([], builder =>
        {
            builder.AddSettings(settings);
            // The result goes to the output stream; whatever else is said must not mix with it.
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Logging:LogLevel:Identity", (string?)nameof(LogLevel.Warning))]);
        });
        return new OperatorSession(app);
    }

    /// <summary>With a database that fits and its keys at hand.</summary>
    public static async Task<OperatorSession> OpenPreparedAsync(FileInfo? settings, CancellationToken ct)
    {
        var session = Open(settings);
        try
        {
            await session.Get<NodeStart>().RequireSchemaAsync(ct);
            await session.Get<NodeSnapshot>().LoadSealingKeysAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
    }
}

internal static class CommandSettings
{
    public static void AddSettings(this WebApplicationBuilder builder, FileInfo? settings)
    {
        if (settings is null) return;
        if (!settings.Exists) throw new StartupException($"The settings file '{settings.FullName}' does not exist.");
        builder.Configuration.AddJsonFile(settings.FullName, optional: false);
    }

    /// <summary>A command that needs the database and its keys.</summary>
    public static void SetAction(this Command command, Option<FileInfo?> settings, Func<ParseResult, OperatorSession, CancellationToken, Task<int>> work) =>
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await OperatorSession.OpenPreparedAsync(parsed.GetValue(settings), ct);
            return await work(parsed, session, ct);
        });
}
