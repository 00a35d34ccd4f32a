// dotnet run docker/supply-chain/sbom.cs: writes sbom.cdx.json (CycloneDX 1.6) and licences.md beside itself, from the lock files of what is
// shipped. Hashes come from the lock files; licences from the packages themselves, as the last restore has put them on this machine.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

string[] shipped = ["identity-server/Identity.Server", "identity-server/Identity.Domain", "identity-server/Identity.Hosting", "identity-server/Identity.Protocols", "connectors/Identity.Connectors", "admin-ui/Identity.Admin"];
var here = Path.GetDirectoryName(Here())!;
var root = Path.GetFullPath(Path.Combine(here, "../.."));
var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

var components = shipped
    .SelectMany(project => Locked(Path.Combine(root, project, "packages.lock.json")))
    .GroupBy(package => $"{package.Name}/{package.Version}", StringComparer.OrdinalIgnoreCase).Select(same => same.First())
    .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase).ToList();
File.WriteAllText(Path.Combine(here, "sbom.cdx.json"), Bom(components));
File.WriteAllText(Path.Combine(here, "licences.md"), Licences(components));
Console.WriteLine($"{components.Count} packages.");
var unknown = components.Where(c => c.Licence.Length == 0).Select(c => c.Name).ToList();
if (unknown.Count == 0) return 0;
Console.Error.WriteLine($"No licence found for {string.Join(", ", unknown)}: restore first, or look them up.");
return 1;

IEnumerable<Package> Locked(string file)
{
    var targets = JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject();
    foreach (var (name, entry) in targets.SelectMany(target => target.Value!.AsObject()))
    {
        if ((string)entry!["type"]! == "Project") continue;
        var version = (string)entry["resolved"]!;
        var depends = entry["dependencies"]?.AsObject().Select(d => d.Key).ToList() ?? [];
        yield return new Package(name, version, (string)entry["contentHash"]!, LicenceOf(name, version), depends);
    }
}

string LicenceOf(string name, string version)
{
    var folder = Path.Combine(cache, name.ToLowerInvariant(), version.ToLowerInvariant());
    var specification = Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec");
    if (!File.Exists(specification)) return "";
    var metadata = XDocument.Load(specification).Root!.Elements().First(e => e.Name.LocalName == "metadata");
    var licence = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
    return licence?.Attribute("type")?.Value switch
    {
        "expression" => licence.Value,
        // A package with a text of its own: its first words name it.
        "file" => File.ReadLines(Path.Combine(folder, licence.Value)).First(line => line.Trim().Length > 0).Trim(),
        _ => "",
    };
}

static string Bom(List<Package> packages)
{
    var reference = packages.ToDictionary(p => p.Name, p => p.Address, StringComparer.OrdinalIgnoreCase);
    var document = new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = "identity-server", ["name"] = "Identity.Server" },
        },
        ["components"] = new JsonArray([.. packages.Select(p => (JsonNode)new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = p.Address,
            ["name"] = p.Name,
            ["version"] = p.Version,
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(p.Hash)) }),
            ["licenses"] = new JsonArray(p.Licence.Contains(' ')
                ? new JsonObject { ["license"] = new JsonObject { ["name"] = p.Licence } }
                : new JsonObject { ["expression"] = p.Licence }),
            ["purl"] = p.Address,
        })]),
        ["dependencies"] = new JsonArray([.. packages.Select(p => (JsonNode)new JsonObject
        {
            ["ref"] = p.Address,
            ["dependsOn"] = new JsonArray([.. p.DependsOn.Where(reference.ContainsKey).Select(d => (JsonNode)reference[d])]),
        })]),
    };
    return document.ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
}

static string Licences(List<Package> packages)
{
    var text = new StringBuilder("# Licences\n\nPackages that are shipped with the server; made by `sbom.cs` from the lock files.\n\n| package | version | licence |\n|---|---|---|\n");
    text.AppendJoin('\n', packages.Select(p => $"| {p.Name} | {p.Version} | {p.Licence} |")).Append('\n');
    return text.ToString();
}

static string Here([CallerFilePath] string path = "") => path;

sealed record Package(string Name, string Version, string Hash, string Licence, IReadOnlyList<string> DependsOn)
{
    public string Address => $"pkg:nuget/{Name}@{Version}";
}
