using System.Diagnostics;
using System.Text.Json;

namespace Identity.Tests.Harness;

/// <summary>The program as an operator types it: a process of its own beside the running server, on the same database.</summary>
internal static class OperatorCommand
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(TestProvider provider, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                Oidc = new { provider.Issuer },
                Storage = new { Provider = provider.Engine.ToString(), provider.ConnectionString, MasterKeyFile = TestProvider.MasterKey, CreateMasterKey = false, MigrateAtStart = false },
            }));
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Identity.Server.dll"), .. arguments, "--settings", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_ENVIRONMENT"] = "Development", ["ASPNETCORE_ENVIRONMENT"] = "Development" },
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
