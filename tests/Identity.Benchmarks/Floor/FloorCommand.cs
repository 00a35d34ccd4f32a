using System.CommandLine;
using Microsoft.Extensions.Hosting;

namespace Identity.Benchmarks.Floor;

internal static class FloorCommand
{
    public static Command Make()
    {
        var port = new Option<int>("--port") { Description = "Port on loopback", DefaultValueFactory = _ => 5999 };
        var command = new Command("floor", "What nothing on this stack can be cheaper than: Kestrel, a form, a digest, a signature; no store") { port };
        command.SetAction(async (parsed, ct) =>
        {
            await using var floor = FloorApplication.Build($"http://127.0.0.1:{parsed.GetValue(port)}");
            await floor.StartAsync(ct);
            Console.WriteLine($"Listening on {string.Join(", ", floor.Urls)}");
            await floor.WaitForShutdownAsync(ct);
            return 0;
        });
        return command;
    }
}
