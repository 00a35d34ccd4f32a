using System.Diagnostics;
using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.Nodes;

/// <summary>The program as an operator starts it: a process of its own with a settings file and a SQLite database.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-process-").FullName;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ServerProcess(object settings, string environment)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings).Replace("{folder}", _folder, StringComparison.Ordinal));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Identity.Server.dll"), "--settings", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = environment, ["ASPNETCORE_ENVIRONMENT"] = environment },
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public string Address { get; private init; } = "";

    public static ServerProcess Start(object settings, string environment = "Production") => new(settings, environment);

    public static async Task<ServerProcess> StartAsync(string drainDelay)
    {
        var address = FreeAddresses.Take(1)[0];
        var server = new ServerProcess(new
        {
            Urls = address,
            Oidc = new { Issuer = address },
            Storage = new { Provider = "Sqlite", ConnectionString = "Data Source={folder}/identity.db", MasterKeyFile = "{folder}/master.key", CreateMasterKey = true, MigrateAtStart = true },
            Node = new { DrainDelay = drainDelay },
        }, "Development") { Address = address };
        using var http = new HttpClient();
        await Eventually.IsTrueAsync(async () => server._process.HasExited || await IsReadyAsync(http, address), "the process answers");
        Assert.False(server._process.HasExited, server._process.HasExited ? await server._errors + await server._output : "");
        return server;
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output, await _errors);
    }

    public static async Task<bool> IsReadyAsync(HttpClient http, string address)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri($"{address}/health/ready"));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
