using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Identity.Tests;

/// <summary>The direction of dependencies and the house measures, as a build that fails. The rules are those of the architecture picture in README.md.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Protocols = typeof(Identity.Protocols.Federation.ExternalIdentity).Assembly;
    private static readonly Assembly Connectors = typeof(Identity.Connectors.OpenIdConnect.OidcConnector).Assembly;
    private static readonly Assembly Domain = typeof(Identity.Domain.Storage.IdentityDb).Assembly;
    private static readonly Assembly Server = typeof(Identity.Server.ServerApplication).Assembly;
    private static readonly Assembly Hosting = typeof(PageFrame).Assembly;
    private static readonly Assembly Admin = typeof(Identity.Admin.AdminApplication).Assembly;
    private static readonly Assembly Sandbox = typeof(Identity.Sandbox.SandboxApplication).Assembly;

    [Fact]
    public void Protocols_is_a_leaf() =>
        Assert.DoesNotContain(References(Protocols), name => name.StartsWith("Identity.", StringComparison.Ordinal) || IsWeb(name) || IsStorage(name));

    [Fact]
    public void Connectors_know_the_contract_and_neither_people_nor_the_database() =>
        Assert.Equal(["Identity.Protocols"], References(Connectors).Where(name => name.StartsWith("Identity.", StringComparison.Ordinal) || IsWeb(name) || IsStorage(name)));

    [Fact]
    public void Domain_knows_no_connector_and_no_host() =>
        Assert.Equal(["Identity.Protocols"], References(Domain).Where(name => name.StartsWith("Identity.", StringComparison.Ordinal)));

    [Fact]
    public void Domain_never_mentions_http() =>
        Assert.Empty(Sources("identity-server/Identity.Domain").Where(f => Regex.IsMatch(f.Text, @"\bHttp(Context|Request|Response|Client)\b|Microsoft\.AspNetCore\.(Http|Mvc|Routing|Builder)")).Select(f => f.Path));

    [Fact]
    public void The_sandbox_judges_the_product_from_outside() =>
        Assert.DoesNotContain(References(Sandbox), name => name.StartsWith("Identity.", StringComparison.Ordinal));

    [Fact]
    public void Server_and_admin_never_see_each_other()
    {
        Assert.DoesNotContain("Identity.Admin", References(Server));
        Assert.DoesNotContain("Identity.Server", References(Admin));
    }

    [Fact]
    public void What_both_hosts_stand_on_knows_neither() =>
        Assert.DoesNotContain(References(Hosting), name => name is "Identity.Server" or "Identity.Admin");

    [Fact]
    public void Every_page_of_the_administration_host_says_who_may_open_it() =>
        Assert.Empty(Admin.GetTypes().Where(t => t.IsSubclassOf(typeof(Identity.Admin.Pages.AdminPage)) && !t.IsAbstract && !t.GetCustomAttributes().Any(a => a.GetType().Namespace == "Identity.Admin.Access")).Select(t => t.Name));

    [Theory, InlineData("Oidc", "Saml|Cas"), InlineData("Saml", "Oidc|Cas"), InlineData("Cas", "Oidc|Saml")]
    public void Protocol_folders_never_reference_one_another(string folder, string others) =>
        Assert.Empty(Sources($"identity-server/Identity.Server/{folder}").Where(f => Regex.IsMatch(f.Text, $@"Identity\.Server\.({others})\b")).Select(f => f.Path));

    [Fact]
    public void Pages_never_call_connectors() =>
        Assert.Empty(Sources("identity-server/Identity.Server/Pages").Where(f => f.Text.Contains("Identity.Connectors", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void An_interface_exists_only_at_a_seam()
    {
        // One implementation today: the encrypted-code and SAML connectors are the first one's others, and a register of another kind
        // (state agencies, associations) is the second one's.
        string[] seams = ["IRedirectConnector", "IRegisterConnector"];
        var ours = new[] { Protocols, Connectors, Domain, Hosting, Server, Admin };
        var types = ours.SelectMany(a => a.GetTypes()).ToList();
        Assert.Empty(types.Where(t => t.IsInterface && !seams.Contains(t.Name) && types.Count(c => c.IsClass && t.IsAssignableFrom(c)) < 2).Select(t => t.FullName));
    }

    [Fact]
    public void No_name_is_a_junk_drawer() =>
        Assert.Empty(Sources("identity-server", "connectors", "admin-ui")
            .Where(f => JunkDrawer().IsMatch(Path.GetFileNameWithoutExtension(f.Path)) || f.Path.Split('/').Any(part => part is "Core" or "Common" or "Utils" or "Helpers"))
            .Select(f => f.Path));

    [Fact]
    public void A_file_is_one_story_of_at_most_300_lines() =>
        Assert.Empty(Sources("identity-server", "connectors", "admin-ui").Where(f => f.Text.Count(c => c == '\n') > 300).Select(f => f.Path));

    [Fact]
    public void The_entry_point_stays_a_table_of_contents() =>
        Assert.All(Sources("identity-server/Identity.Server").Where(f => f.Path.EndsWith("/Program.cs", StringComparison.Ordinal)), f => Assert.True(f.Text.Split('\n').Length <= 60));

    [GeneratedRegex("(Helper|Helpers|Utils|Util|Manager|Common)$")]
    private static partial Regex JunkDrawer();

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!).Order(StringComparer.Ordinal);

    private static bool IsWeb(string name) => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal);
    private static bool IsStorage(string name) => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Text)> Sources(params string[] folders) => folders
        .Select(folder => Path.Combine(Root(), folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
        .Select(file => file.Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal))
        .Select(file => (Path.GetRelativePath(Root(), file), File.ReadAllText(file)));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
