using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Domain.Statistics;
using Identity.Hosting.Startup;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Operating;

/// <summary>How connectors do, told from what all nodes wrote; the test, and the switch that leaves running sessions alone.</summary>
public sealed class ConnectorTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Two_nodes_count_into_the_same_minute(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        foreach (var node in (SignInTally[])[new(clock), new(clock)])
        {
            node.Count("vnconnect", SignInTally.SignedIn);
            node.Count("vnconnect", SignInTally.Upstream, TimeSpan.FromSeconds(3));
            await WriteAsync(admin, node);
            await WriteAsync(admin, node);
        }

        var pulse = (await admin.WithAsync((ConnectorHealth health) => health.ReadAsync(CancellationToken.None)))["vnconnect"];

        Assert.Equal((2, 0), (pulse.Lately.SignedIn, pulse.Lately.Failed));
        Assert.InRange(pulse.WaitP95!.Value, 2, 4);
    }

    [Fact]
    public async Task Trouble_begins_below_95_and_ends_only_from_98_percent()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        async Task<bool> AfterAsync(int signedIn, int failed)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            var tally = new SignInTally(clock);
            tally.Count("vnconnect", SignInTally.SignedIn, signedIn);
            tally.Count("vnconnect", "timed_out", failed);
            // Their own decision, and their own typing: no failure of the connector.
            tally.Count("vnconnect", "cancelled", 500);
            tally.Count("vnconnect", "wrong_password", 500);
            await WriteAsync(admin, tally);
            return (await admin.WithAsync((ConnectorHealth health) => health.ReadAsync(CancellationToken.None)))["vnconnect"].Troubled;
        }

        Assert.False(await AfterAsync(96, 4));
        Assert.True(await AfterAsync(94, 6));
        Assert.True(await AfterAsync(96, 4));
        Assert.True(await AfterAsync(9, 1));
        Assert.False(await AfterAsync(99, 1));
        Assert.False(await AfterAsync(1, 40));
    }

    [Fact]
    public async Task What_one_person_waited_makes_no_connector_slow()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        async Task<bool> AfterAsync(int times)
        {
            var tally = new SignInTally(clock);
            tally.Count("vnconnect", SignInTally.SignedIn, times);
            tally.Count("vnconnect", SignInTally.Upstream, TimeSpan.FromSeconds(14));
            await WriteAsync(admin, tally);
            return (await admin.WithAsync((ConnectorHealth health) => health.ReadAsync(CancellationToken.None)))["vnconnect"].IsSlow;
        }

        Assert.False(await AfterAsync(1));
        Assert.True(await AfterAsync(ConnectorHealth.FewestWaits));
    }

    [Fact]
    public async Task A_real_sign_in_is_counted()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        var tally = admin.Provider.Services.GetRequiredService<SignInTally>();
        await admin.Provider.InDatabaseAsync(async db =>
        {
            await tally.WriteAsync(db, CancellationToken.None);
            return 0;
        });

        Assert.True(await admin.InDatabaseAsync(db => db.TallyRows.Where(t => t.Connector == "local" && t.Fact == "signed_in").SumAsync(t => t.Amount)) >= 1);
    }

    [Fact]
    public async Task Trouble_stands_in_the_work_of_whoever_may_act_on_it_and_of_nobody_else()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, clock);
        using var operating = await admin.SignInAsync(AdminRole.Operator);
        using var auditor = await admin.SignInAsync(AdminRole.Auditor);
        var tally = new SignInTally(clock);
        tally.Count("vnconnect", SignInTally.SignedIn, 80);
        tally.Count("vnconnect", "unreachable", 20);
        await WriteAsync(admin, tally);

        Assert.Contains("VNeID: 20 % thất bại trong 15 phút.", (await operating.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("thất bại trong 15 phút", (await auditor.OpenAsync("/")).Text, StringComparison.Ordinal);
        var list = await operating.OpenAsync("/connectors");
        Assert.Contains("Có sự cố", list.Text, StringComparison.Ordinal);
        Assert.Contains("80 %", list.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Switched_off_nobody_signs_in_by_it_and_whoever_is_signed_in_stays(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        var page = await SwitchAsync(visitor, "vnconnect", "sự cố ở nơi khác");
        await admin.Provider.Services.GetRequiredService<NodeSnapshot>().RefreshIfStaleAsync(CancellationToken.None);

        Assert.Contains("Đã thay đổi.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Đang tắt", page.Text, StringComparison.Ordinal);
        using var browser = admin.NewBrowser();
        Assert.DoesNotContain("VNeID", (await browser.GetAsync(admin.Address + "/")).Text, StringComparison.Ordinal);
        Assert.Equal("Kết nối", (await visitor.OpenAsync("/connectors")).Heading);
        var version = await admin.InDatabaseAsync(db => db.ConfigurationVersions.Where(v => v.Kind == ConfigurationStore.ConnectorKind && v.Name == "vnconnect").OrderByDescending(v => v.Version).FirstAsync());
        Assert.Equal((AdminActor.NameOf(visitor.PersonId), "sự cố ở nơi khác"), (version.ChangedBy, version.Reason));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_node_that_has_not_read_the_last_change_yet_switches_and_takes_nothing_back(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);
        var somebody = new AdminActor(Guid.CreateVersion7(), [new HeldRole(Guid.CreateVersion7(), AdminRole.Administrator, null, RoleAssignmentKind.Standing, null)], []);
        var item = new ItemKey(ConfigurationStore.ConnectorKind, "vnconnect");
        var state = (await admin.WithAsync((ItemHistory history) => history.FindAsync(somebody, item, CancellationToken.None)))!;
        var document = System.Text.Json.Nodes.JsonNode.Parse(state.Document!)!.AsObject();
        document["order"] = 77;

        Assert.IsType<ItemOutcome.Changed>(await admin.WithAsync((ItemChanges changes) => changes.ChangeAsync(somebody, new ItemEdit(item, state.Version, document.ToJsonString(), "thứ tự mới"), CancellationToken.None)));
        await SwitchAsync(visitor, "vnconnect", "sự cố ở nơi khác");

        var stored = System.Text.Json.JsonElement.Parse(await admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == item.Kind && i.Name == item.Name).Select(i => i.Document).SingleAsync()));
        Assert.Equal((false, 77), (stored.GetProperty("enabled").GetBoolean(), stored.GetProperty("order").GetInt32()));
    }

    [Fact]
    public async Task A_form_from_before_somebody_elses_change_is_refused_and_keeps_its_reason()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var first = await admin.SignInAsync(AdminRole.Operator);
        using var second = await admin.SignInAsync(AdminRole.Operator);
        var open = await first.OpenAsync("/connectors/vnconnect");
        await SwitchAsync(second, "vnconnect", "họ nhanh hơn");

        var late = await first.SendAsync(open, "/connectors/vnconnect?handler=switch", ("Input.Reason", "tôi chậm hơn"));

        Assert.Contains("Người khác vừa thay đổi kết nối này", late.Text, StringComparison.Ordinal);
        Assert.Contains("tôi chậm hơn", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_of_an_upstream_that_is_not_there_says_so_and_stands_in_the_trail()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        var page = await visitor.SendAsync(await visitor.OpenAsync("/connectors/vnconnect"), "/connectors/vnconnect?handler=test");

        Assert.Contains("không đạt", page.Text, StringComparison.Ordinal);
        Assert.Contains("Không kết nối được máy chủ", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("Unreachable", page.Document.QuerySelector("code[lang=en]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await admin.TrailAsync("connector.test_failed"));
    }

    [Fact]
    public async Task Every_way_a_test_can_fail_has_words()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        var vietnamese = admin.Services.GetRequiredService<TextCatalog>().In("vi");
        Assert.All(Enum.GetNames<UpstreamFailure>(), why => Assert.Contains($"conn.why.{why}", vietnamese.Keys));
    }

    [Fact]
    public async Task An_unknown_connector_is_no_page()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Operator);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.OpenAsync("/connectors/nowhere")).Status);
    }

    private static Task<int> WriteAsync(TestAdmin admin, SignInTally tally) => admin.InDatabaseAsync(async db =>
    {
        await tally.WriteAsync(db, CancellationToken.None);
        return 0;
    });

    private static async Task<TestPage> SwitchAsync(AdminVisitor visitor, string name, string reason) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/connectors/{name}"), $"/connectors/{name}?handler=switch", ("Input.Reason", reason));
}
