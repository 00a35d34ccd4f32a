using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;

namespace Identity.Tests.Configuration;

/// <summary>One item is changed by one person, as far as one person may.</summary>
public sealed class ItemChangeTests
{
    private static readonly Action<JsonObject> Rename = document => document["client_name"]!["vi"] = "Dịch vụ đổi tên";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_change_is_a_version_with_who_when_why_and_what(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);

        Assert.Equal(new ItemOutcome.Changed(2), await desk.ChangeAsync(await desk.EditAsync(Rename)));

        var history = await desk.WithAsync((ItemHistory h) => h.PageAsync(desk.Administrator, ConfigurationDesk.Client, null, CancellationToken.None));
        var newest = history!.Entries[0];
        Assert.Equal((2, desk.Administrator.Name, "kiểm thử"), (newest.Version, newest.ChangedBy, newest.Reason));
        Assert.Equal([new MemberChange("client_name.vi", "Dịch vụ rp", "Dịch vụ đổi tên")], newest.Changes);
        Assert.Equal([2, 1], history.Entries.Select(e => e.Version));
        Assert.Equal(1, await desk.Provider.InDatabaseAsync(async db => await Task.FromResult(db.AuditEvents.Count(a => a.Name == "client.changed" && a.Detail == "rp version 2"))));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Of_two_editors_the_second_is_refused_and_told_which_version_stands_now(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var mine = await desk.EditAsync(Rename);
        var theirs = await desk.EditAsync(document => document["client_name"]!["en"] = "Renamed");

        Assert.Equal(new ItemOutcome.Changed(2), await desk.ChangeAsync(theirs));
        Assert.Equal(new ItemOutcome.Stale(2), await desk.ChangeAsync(mine));
    }

    [Fact]
    public async Task Errors_come_back_as_values_with_the_place_inside_the_item()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        var refused = Assert.IsType<ItemOutcome.Refused>(await desk.ChangeAsync(await desk.EditAsync(document =>
        {
            document["redirect_uris"] = new JsonArray("http://unsafe.example/cb");
            document["sektor"] = "test-one";
        })));

        Assert.Equal(["redirect_uris[0]", "sektor"], refused.Errors.Select(e => e.Path).Order());
    }

    [Theory]
    [InlineData("""{} ], "sectors": [ {"name":"x","display_name":{"vi":"x","en":"x"}} """)]
    [InlineData("[]")]
    [InlineData("")]
    public async Task M3_text_that_is_not_one_object_smuggles_nothing_in(string text)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.IsType<ItemOutcome.Refused>(await desk.ChangeAsync((await desk.EditAsync(Rename)) with { Document = text }));
    }

    [Fact]
    public async Task An_item_keeps_its_name()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        var refused = Assert.IsType<ItemOutcome.Refused>(await desk.ChangeAsync(await desk.EditAsync(document => document["client_id"] = "rp-two")));

        Assert.Equal("client_id", Assert.Single(refused.Errors).Path);
    }

    [Theory]
    [InlineData(AdminRole.Reviewer), InlineData(AdminRole.Auditor), InlineData(AdminRole.HelpDesk), InlineData(AdminRole.Operator)]
    public async Task Who_may_only_read_changes_nothing(AdminRole role)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.NotPermitted), await desk.ChangeAsync(await desk.EditAsync(Rename), ConfigurationDesk.Actor(role)));
    }

    [Fact]
    public async Task A_change_without_a_reason_is_refused()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.ReasonIsMissing), await desk.ChangeAsync((await desk.EditAsync(Rename)) with { Reason = " " }));
    }

    [Fact]
    public async Task What_says_the_same_is_no_version()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.Equal(new ItemOutcome.Unchanged(1), await desk.ChangeAsync(await desk.EditAsync(_ => { })));
    }

    [Theory]
    [InlineData("redirect_uris", """["https://rp.example/cb","https://new.example/cb"]""")]
    [InlineData("minimum_acr_level", "2")]
    [InlineData("sector", "\"test-two\"")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_post\"")]
    public async Task What_is_risky_is_not_changed_alone(string member, string value)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        var outcome = await desk.ChangeAsync(await desk.EditAsync(document => document[member] = JsonNode.Parse(value)));

        Assert.Equal(member, Assert.Single(Assert.IsType<ItemOutcome.NeedsSecondPerson>(outcome).Risky.Select(c => c.Member).Distinct()));
        Assert.Equal(1, (await desk.StateAsync()).Version);
    }

    [Fact]
    public async Task Secrets_never_stand_in_a_difference()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        const string secret = "a-new-secret-that-nobody-may-read-in-a-list";

        var edit = await desk.EditAsync(document => document["secrets"]!.AsArray().Add(new JsonObject { ["value"] = secret }));
        var risky = Assert.IsType<ItemOutcome.NeedsSecondPerson>(await desk.ChangeAsync(edit)).Risky;

        var digest = Domain.Clients.ClientSecret.DigestOf(secret);
        Assert.All(risky, change => Assert.False($"{change}".Contains(secret, StringComparison.Ordinal) || $"{change}".Contains(digest, StringComparison.Ordinal)));
        Assert.Contains(risky, change => change.After == digest[..8] + "…");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_item_that_was_removed_keeps_its_history_and_comes_back_with_the_next_version(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var before = await desk.StateAsync();
        var removal = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(new ItemEdit(before.Item, 1, null, "không dùng nữa")));
        Assert.Equal(new ItemOutcome.Changed(2), await desk.ApproveAsync(removal.Id));
        Assert.Null((await desk.StateAsync()).Document);

        await desk.Provider.ImportAsync($$"""{"clients":[{{before.Document}}]}""");

        Assert.Equal((3, before.Document), ((await desk.StateAsync()).Version, (await desk.StateAsync()).Document));
    }

    [Fact]
    public async Task What_others_use_is_not_removed()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var sector = await desk.StateAsync(new ItemKey(ConfigurationStore.SectorKind, "test-one"));

        var refused = Assert.IsType<ItemOutcome.Refused>(await desk.ProposeAsync(new ItemEdit(sector.Item, sector.Version, null, "thử")));

        Assert.Contains(refused.Errors, error => error.Message.En.Contains("test-one", StringComparison.Ordinal));
    }
}
