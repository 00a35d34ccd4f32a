using System.Text.Json.Nodes;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Server.Oidc.ClientAuthentication;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Identity.Tests.Outgoing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Applications;

/// <summary>What stands at the address of an application's keys is looked at before people cannot sign in any more.</summary>
public sealed class ClientKeyWatchTests : IAsyncLifetime, IDisposable
{
    private const string Unusable = "ở địa chỉ bộ khóa của Máy chủ hồ sơ không có khóa nào dùng được";

    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    private readonly AssertionKey _key = new();
    private HostileServer _server = null!;

    public async Task InitializeAsync() => _server = await HostileServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _key.Dispose();

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Keys_that_cannot_be_used_twice_in_a_row_are_told_to_every_owner_once_and_forgotten_when_they_can(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine, new FixedClock(Start));
        using var owner = await LiveAsync(office);

        await LookAsync(office);
        var once = await RemindAsync(office);
        await LookAsync(office);
        int[] twice = [await RemindAsync(office), await RemindAsync(office)];
        var (work, list) = (await owner.OpenAsync("/"), await owner.OpenAsync("/apps/expiring"));
        _server.Keys = _key.Jwks.ToJsonString();
        await LookAsync(office);

        Assert.Equal((0, 2, 0), (once, twice[0], twice[1]));
        Assert.Contains(Unusable, work.Text, StringComparison.Ordinal);
        Assert.Contains("Không có khóa nào dùng được ở địa chỉ bộ khóa", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Unusable, (await owner.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có khóa nào dùng được", (await owner.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
        Assert.Equal([("client.keys_unusable", "no key to check a signature with"), ("client.keys_usable", null)],
            (await office.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.ClientId == "keys-live" && e.Name.StartsWith("client.keys")).OrderBy(e => e.Sequence).ToListAsync())).Select(e => (e.Name, e.Detail)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task What_ends_in_a_set_behind_an_address_is_told_like_what_ends_in_a_document(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine, new FixedClock(Start));
        using var owner = await LiveAsync(office);
        var ends = JsonNode.Parse(ExpiryRadarTests.KeyWithCertificate(Start.AddDays(5)))!;
        _server.Keys = new JsonObject { ["keys"] = new JsonArray(ends) }.ToJsonString();

        await LookAsync(office);
        int[] told = [await RemindAsync(office), await RemindAsync(office)];
        var list = await owner.OpenAsync("/apps/expiring");
        _server.Keys = new JsonObject { ["keys"] = new JsonArray(ends.DeepClone(), _key.Jwks["keys"]![0]!.DeepClone()) }.ToJsonString();
        await LookAsync(office);

        Assert.Equal([2, 0], told);
        Assert.Contains("Chứng thư trong bộ khóa", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Chứng thư trong bộ khóa", (await owner.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_node_looks_at_addresses_of_production_and_the_others_leave_them_for_a_day_or_until_they_are_changed()
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, clock);
        _server.Keys = _key.Jwks.ToJsonString();
        await ImportAsync(office, "keys-sandbox", "/keys", "sandbox");
        await ImportAsync(office, "keys-live", "/keys");

        Assert.Equal(["keys-live"], await LookAsync(office, due: false));
        Assert.Empty(await LookAsync(office, due: false));
        await ImportAsync(office, "keys-live", "/redirect");
        Assert.Equal(["keys-live"], await LookAsync(office, due: false));
        clock.Advance(ClientKeyWatches.PeriodAfterFailure);
        Assert.Equal(["keys-live"], await LookAsync(office, due: false));
        await ImportAsync(office, "keys-live", "/keys");
        Assert.Equal(["keys-live"], await LookAsync(office, due: false));
        clock.Advance(ClientKeyWatches.PeriodAfterFailure);
        Assert.Empty(await LookAsync(office, due: false));
        clock.Advance(ClientKeyWatches.Period);
        Assert.Equal(["keys-live"], await LookAsync(office, due: false));
    }

    [Theory, InlineData("/redirect", "HttpRequestException"), InlineData("/endless", "HttpRequestException"), InlineData("https://169.254.169.254/keys", "address refused"), InlineData("https://10.0.0.5/keys", "address refused")]
    public async Task O13_O14_A_look_goes_no_further_than_a_sign_in_would(string address, string problem)
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var client = provider.Services.GetRequiredService<ClientRegistry>().FindClient("api")! with { JwksUri = address[0] == '/' ? _server.Address + address : address };

        var sight = await provider.Services.GetRequiredService<ClientKeyLook>().AtAsync(client, CancellationToken.None);

        Assert.Null(sight.Keys);
        Assert.Equal(problem, sight.Problem);
        Assert.False(_server.Asked.ContainsKey("/keys"));
    }

    /// <summary>An application whose production publishes its keys at the server's address. It has a second owner, who was invited.</summary>
    private async Task<AdminVisitor> LiveAsync(OwnersOffice office)
    {
        var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await ImportAsync(office, "keys-live", "/keys");
        await office.Admin.InDatabaseAsync(db => db.Applications.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ProductionClientId, "keys-live")));
        return owner;
    }

    private async Task ImportAsync(OwnersOffice office, string id, string path, string environment = "production")
    {
        await office.Admin.Provider.ImportAsync(ClientDocument.Of("api", client =>
        {
            (client["client_id"], client["environment"], client["token_endpoint_auth_method"], client["jwks_uri"]) = (id, environment, "private_key_jwt", _server.Address + path);
            client.Remove("secrets");
        }));
        await office.RefreshAdminAsync();
    }

    /// <summary>As the public host does it every hour, there.</summary>
    /// <param name="due">Whether everything is made due before.</param>
    private static async Task<IReadOnlyList<string>> LookAsync(OwnersOffice office, bool due = true)
    {
        var services = office.Admin.Provider.Services;
        await using var scope = services.CreateAsyncScope();
        var (watches, look) = (scope.ServiceProvider.GetRequiredService<ClientKeyWatches>(), services.GetRequiredService<ClientKeyLook>());
        if (due) await office.Admin.InDatabaseAsync(db => db.ClientKeyWatches.ExecuteUpdateAsync(set => set.SetProperty(w => w.LookedAt, Start.AddDays(-2))));
        var claimed = await watches.ClaimAsync(CancellationToken.None);
        foreach (var client in claimed) await watches.NoteAsync(await look.AtAsync(client, CancellationToken.None), CancellationToken.None);
        return [.. claimed.Select(c => c.ClientId)];
    }

    private static Task<int> RemindAsync(OwnersOffice office) => office.Admin.WithAsync(async (ExpiryRadar radar) => (await radar.RemindAsync(CancellationToken.None))!.Value.Marks);
}
