using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Identity.Tests;

/// <summary>The bill of materials is made by a script; this holds it to the lock files of what is shipped.</summary>
public sealed class SupplyChainTests
{
    private static readonly string[] Shipped = ["identity-server/Identity.Server", "identity-server/Identity.Domain", "identity-server/Identity.Hosting", "identity-server/Identity.Protocols", "connectors/Identity.Connectors", "admin-ui/Identity.Admin"];

    [Fact]
    public void The_bill_of_materials_names_exactly_what_the_lock_files_name()
    {
        var locked = Shipped.SelectMany(Locked).ToHashSet(StringComparer.Ordinal);
        using var bom = JsonDocument.Parse(File.ReadAllText(At("docker/supply-chain/sbom.cdx.json")));
        var listed = bom.RootElement.GetProperty("components").EnumerateArray()
            .Select(c => $"{c.GetProperty("name")} {c.GetProperty("version")} {c.GetProperty("hashes")[0].GetProperty("content")}").ToHashSet(StringComparer.Ordinal);
        Assert.True(locked.SetEquals(listed), "Run: dotnet run docker/supply-chain/sbom.cs");
    }

    [Fact]
    public void Every_shipped_package_has_a_licence_that_a_government_may_use()
    {
        string[] accepted = ["MIT", "Apache-2.0", "PostgreSQL", "BSD-3-Clause", "SQLite is Public Domain"];
        using var bom = JsonDocument.Parse(File.ReadAllText(At("docker/supply-chain/sbom.cdx.json")));
        var licences = bom.RootElement.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("licenses")[0])
            .Select(l => l.TryGetProperty("expression", out var expression) ? expression.GetString() : l.GetProperty("license").GetProperty("name").GetString());
        Assert.Empty(licences.Except(accepted));
    }

    private static IEnumerable<string> Locked(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(At($"{project}/packages.lock.json")));
        return [.. file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved")} {Hash(package.Value.GetProperty("contentHash").GetString()!)}")];
    }

    private static string Hash(string base64) => Convert.ToHexStringLower(Convert.FromBase64String(base64));

    private static string At(string path, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, "../..", path);
}
