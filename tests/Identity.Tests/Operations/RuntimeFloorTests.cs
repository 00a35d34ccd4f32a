using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Identity.Server.Startup;

namespace Identity.Tests.Operations;

/// <summary>Nothing runs, and nothing is shipped, that has a hole everybody knows.</summary>
public sealed partial class RuntimeFloorTests
{
    // The first versions without a published hole that concerns what we use of them.
    private static readonly Dictionary<string, Version> Floors = new()
    {
        ["Microsoft.EntityFrameworkCore"] = RuntimeFloor.Least,
        ["Microsoft.AspNetCore"] = RuntimeFloor.Least,
        ["Microsoft.Extensions"] = RuntimeFloor.Least,
        ["System.Security.Cryptography"] = RuntimeFloor.Least,
        ["Microsoft.IdentityModel"] = new(8, 0, 0),
        ["Npgsql"] = new(10, 0, 0),
        ["SQLitePCLRaw"] = new(3, 0, 0),
    };

    [Fact]
    public void M18_L20_What_runs_here_is_new_enough_and_something_older_is_named()
    {
        Assert.All(RuntimeFloor.Running, running => Assert.True(running.Version >= RuntimeFloor.Least, $"{running.Name} {running.Version}"));
        Assert.Null(RuntimeFloor.ProblemOf(RuntimeFloor.Running));
        Assert.StartsWith(".NET 10.0.6 ", RuntimeFloor.ProblemOf([(".NET", new(10, 0, 6)), ("ASP.NET Core", new(10, 0, 12))]), StringComparison.Ordinal);
        Assert.StartsWith("ASP.NET Core 0.0 ", RuntimeFloor.ProblemOf([(".NET", new(10, 0, 12)), ("ASP.NET Core", new(0, 0))]), StringComparison.Ordinal);
    }

    [Fact]
    public void M18_No_locked_package_of_the_product_is_older_than_its_floor()
    {
        var old = new List<string>();
        foreach (var file in (string[])["identity-server/Identity.Server", "identity-server/Identity.Domain", "identity-server/Identity.Protocols", "connectors/Identity.Connectors"])
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), file, "packages.lock.json")));
            foreach (var framework in locked.RootElement.GetProperty("dependencies").EnumerateObject())
            foreach (var package in framework.Value.EnumerateObject())
            {
                if (!package.Value.TryGetProperty("resolved", out var resolved) || !Version.TryParse(Release().Match(resolved.GetString()!).Value, out var version)) continue;
                if (Floors.Where(f => package.Name.StartsWith(f.Key, StringComparison.OrdinalIgnoreCase)).Any(f => version < f.Value)) old.Add($"{file}: {package.Name} {version}");
            }
        }
        Assert.Empty(old);
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex Release();

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
