using Identity.Server.Commands;

namespace Identity.Server;

internal static class Program
{
    private static Task<int> Main(string[] args) => ServerCommands.RunAsync(args);
}
