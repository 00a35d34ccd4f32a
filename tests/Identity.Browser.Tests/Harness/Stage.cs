using System.Text.Json.Nodes;
using Identity.Domain.Organisations;
using Identity.Sandbox;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Browser.Tests.Harness;

/// <summary>The server with a database of its own, the synthetic e-ID, business register and mail providers, and three applications, each on a free port of <c>localhost</c>.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly WebApplication _sandbox;
    private readonly string _certificate;

    private Stage(TestProvider provider, WebApplication sandbox, SandboxOptions addresses) =>
        (Provider, _sandbox, _certificate, Eid, Portal, Documents, Business, Register) =
        (provider, sandbox, addresses.ImapCertificateFile, addresses.EidUrl, addresses.PortalUrl, addresses.DocumentsUrl, addresses.BusinessUrl, addresses.RegisterUrl);

    public TestProvider Provider { get; }
    public string Eid { get; }
    public string Portal { get; }
    public string Documents { get; }
    public string Business { get; }
    public string Register { get; }
    public required string MailProvider { get; init; }

    /// <summary>Where everybody's mail can be read.</summary>
    public required string Mailbox { get; init; }

    public string Server => Provider.Issuer;

    /// <summary>Address of the administration host, once <see cref="OpenAdministrationAsync"/> has opened it.</summary>
    public required string Administration { get; init; }

    /// <summary>The owners' and administrators' host, with the units and the personnel list of the sample province.</summary>
    internal async Task<TestAdmin> OpenAdministrationAsync()
    {
        var seed = Path.Combine(AppContext.BaseDirectory, "Seed");
        await using (var scope = Provider.Services.CreateAsyncScope())
        {
            Assert.IsNotType<OrgTreeOutcome.Refused>(await scope.ServiceProvider.GetRequiredService<OrgTreeImport>().ApplyAsync(await File.ReadAllBytesAsync(Path.Combine(seed, "units.json")), CancellationToken.None));
            var staff = StaffListReader.Read(await File.ReadAllBytesAsync(Path.Combine(seed, "staff.csv")), DateTimeOffset.UtcNow);
            await scope.ServiceProvider.GetRequiredService<StaffImport>().ApplyAsync(AffiliationSource.HumanResources, staff, new StaffImportWishes { OnlyChanges = true }, CancellationToken.None);
        }
        return await TestAdmin.BesideAsync(Provider, Administration, "admin-sandbox-secret-not-for-production");
    }

    /// <summary>The sample applications once more, at addresses of their own: somebody's application, before it has a client.</summary>
    /// <param name="configure">Gives it one.</param>
    internal async Task<IAsyncDisposable> RunSampleAsync(string address, Action<SandboxOptions> configure)
    {
        var spare = FreeAddresses.Take(8);
        var options = new SandboxOptions
        {
            EidUrl = spare[0], PortalUrl = spare[1], DocumentsUrl = spare[2], BusinessUrl = address, Authority = Server, MailUrl = spare[3], SmtpPort = new Uri(spare[4]).Port, MailProviderUrl = spare[5],
            ImapPort = new Uri(spare[6]).Port, RegisterUrl = spare[7],
        };
        configure(options);
        var sample = SandboxApplication.Build(options);
        await sample.StartAsync();
        return sample;
    }

    /// <param name="change">Changes the configuration before the server reads it.</param>
    /// <param name="sendsMail">The server knows the sandbox's mailbox. First sign-ins then ask where to warn the person.</param>
    public static async Task<Stage> StartAsync(Action<JsonNode>? change = null, FixedClock? clock = null, bool sendsMail = false)
    {
        var addresses = FreeAddresses.Take(11);
        var options = new SandboxOptions
        {
            EidUrl = addresses[0], PortalUrl = addresses[1], DocumentsUrl = addresses[2], BusinessUrl = addresses[8], Authority = addresses[3], MailUrl = addresses[4], SmtpPort = new Uri(addresses[5]).Port,
            MailProviderUrl = addresses[6], ImapPort = new Uri(addresses[7]).Port, ImapCertificateFile = Path.Combine(Path.GetTempPath(), $"sandbox-imap-{Guid.NewGuid():N}.pem"),
            RegisterUrl = addresses[9],
        };
        var provider = await TestProvider.StartAsync(Engine.Sqlite, clock, builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:PollInterval"] = "00:00:01",
            ["Mail:Host"] = sendsMail ? "localhost" : null,
            ["Mail:Port"] = $"{options.SmtpPort}",
            ["Mail:From"] = sendsMail ? "dangnhap@anbinh.example" : null,
        }), issuer: options.Authority);
        await provider.ImportAsync(await SeedAsync(options, addresses[10], change));
        var sandbox = SandboxApplication.Build(options);
        await sandbox.StartAsync();
        return new Stage(provider, sandbox, options) { MailProvider = options.MailProviderUrl, Mailbox = options.MailUrl, Administration = addresses[10] };
    }

    /// <summary>An address at which nobody listens.</summary>
    public static string DeadAddress() => FreeAddresses.Take(1)[0];

    /// <summary>The entry of one client or connector in a configuration document.</summary>
    public static JsonNode Entry(JsonNode document, string list, string member, string name) =>
        document[list]!.AsArray().First(entry => (string?)entry![member] == name)!;

    public async ValueTask DisposeAsync()
    {
        await _sandbox.StopAsync();
        await _sandbox.DisposeAsync();
        File.Delete(_certificate);
        await Provider.DisposeAsync();
    }

    private static async Task<string> SeedAsync(SandboxOptions options, string administration, Action<JsonNode>? change)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json"));
        var usual = new SandboxOptions();
        var document = JsonNode.Parse(text
            .Replace(usual.EidUrl, options.EidUrl, StringComparison.Ordinal)
            .Replace(usual.MailProviderUrl, options.MailProviderUrl, StringComparison.Ordinal)
            .Replace($"\"port\": {usual.ImapPort}", $"\"port\": {options.ImapPort}", StringComparison.Ordinal)
            .Replace("/run/identity-sandbox/imap.pem", options.ImapCertificateFile, StringComparison.Ordinal)
            .Replace("http://localhost:5090", administration, StringComparison.Ordinal)
            .Replace(usual.PortalUrl, options.PortalUrl, StringComparison.Ordinal)
            .Replace(usual.BusinessUrl, options.BusinessUrl, StringComparison.Ordinal)
            .Replace(usual.DocumentsUrl, options.DocumentsUrl, StringComparison.Ordinal)
            .Replace(usual.RegisterUrl, options.RegisterUrl, StringComparison.Ordinal))!;
        change?.Invoke(document);
        return document.ToJsonString();
    }
}
