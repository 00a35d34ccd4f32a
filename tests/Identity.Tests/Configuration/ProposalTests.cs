using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;

namespace Identity.Tests.Configuration;

/// <summary>Two pairs of eyes for what is risky, and a way back that needs one.</summary>
public sealed class ProposalTests
{
    private static readonly Action<JsonObject> NewAddress = document => document["redirect_uris"]!.AsArray().Add("https://rp.example/cb2");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_second_person_makes_the_change_and_both_stand_in_the_history(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);

        Assert.Equal(2, await desk.ChangeByTwoAsync(NewAddress));

        var entry = (await desk.WithAsync((ItemHistory h) => h.PageAsync(desk.Reviewer, ConfigurationDesk.Client, null, CancellationToken.None)))!.Entries[0];
        Assert.Equal((desk.Administrator.Name, desk.Reviewer.Name), (entry.ChangedBy, entry.ApprovedBy));
        Assert.Equal((1, 1), (await desk.AuditedAsync("configuration.proposed"), await desk.AuditedAsync("configuration.approved")));
    }

    [Theory]
    [InlineData("sessions", "idle_minutes", "30", "20", false), InlineData("sessions", "idle_minutes", "20", "30", true)]
    [InlineData("sign-in", "mailed_codes", "true", "false", false), InlineData("sign-in", "mailed_codes", "false", "true", true)]
    [InlineData("retention", "audit_days", "1827", "3653", false), InlineData("retention", "audit_days", "3653", "1827", true)]
    [InlineData("review", "working_days", "2", "20", false)]
    public async Task A_policy_needs_a_second_person_in_the_direction_that_is_dangerous(string policy, string member, string before, string after, bool risky)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        await desk.Provider.ImportAsync($$"""{ "policies": [{ "name": "{{policy}}", "{{member}}": {{before}} }] }""");

        var outcome = await desk.ChangeAsync(await desk.EditAsync(document => document[member] = JsonNode.Parse(after), new ItemKey(ConfigurationStore.PolicyKind, policy)));

        Assert.Equal(risky, outcome is ItemOutcome.NeedsSecondPerson);
        Assert.Equal(!risky, outcome is ItemOutcome.Changed);
    }

    [Fact]
    public async Task Nothing_of_a_proposal_is_live_before_it_is_approved()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress)));

        Assert.DoesNotContain("cb2", (await desk.StateAsync()).Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_approves_their_own()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress)));

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.OwnProposal), await desk.ApproveAsync(proposed.Id, desk.Administrator));
    }

    [Fact]
    public async Task Two_machines_are_not_two_people()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var first = desk.Administrator with { ServiceAccount = "machine-one" };
        var second = desk.Administrator with { ServiceAccount = "machine-two" };
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress), first));

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.OwnProposal), await desk.ApproveAsync(proposed.Id, second));
        Assert.IsType<ItemOutcome.Changed>(await desk.ApproveAsync(proposed.Id));
    }

    [Theory]
    [InlineData(AdminRole.Auditor), InlineData(AdminRole.Operator), InlineData(AdminRole.HelpDesk)]
    public async Task Who_may_not_approve_does_not(AdminRole role)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress)));

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.NotPermitted), await desk.ApproveAsync(proposed.Id, ConfigurationDesk.Actor(role)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_proposal_that_was_overtaken_is_refused_and_shows_both_sides(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(document => document["client_name"]!["vi"] = "Tên của tôi")));
        await desk.ChangeAsync(await desk.EditAsync(document => document["client_name"]!["vi"] = "Tên của người khác"));

        Assert.Equal(new ItemOutcome.Stale(2), await desk.ApproveAsync(proposed.Id));

        var view = (await desk.WithAsync((ProposalList list) => list.FindAsync(desk.Reviewer, proposed.Id, CancellationToken.None)))!;
        Assert.Equal((true, 2), (view.IsStale, view.CurrentVersion));
        Assert.Equal([new ThreeWayChange("client_name.vi", "Dịch vụ rp", "Tên của người khác", "Tên của tôi")], view.Meanwhile);
        Assert.True(view.Meanwhile[0].IsConflict);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Of_two_who_decide_at_once_one_does(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.ApproveAsync(proposed.Id, ConfigurationDesk.Actor(AdminRole.Reviewer))));

        Assert.Single(outcomes.OfType<ItemOutcome.Changed>());
        Assert.Equal(2, (await desk.StateAsync()).Version);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M21_Taken_back_or_refused_at_the_moment_of_its_approval_a_change_is_either_approved_and_live_or_neither(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        // Repeated: in a single round the two may come one after the other.
        for (var round = 0; round < 16; round++)
        {
            var address = $"https://rp.example/round-{round}";
            var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(document => document["redirect_uris"] = new JsonArray(address))));

            var approval = desk.ApproveAsync(proposed.Id);
            await Task.Delay(round);
            var end = desk.WithAsync((ConfigurationProposals p) => round % 2 == 0
                ? p.WithdrawAsync(desk.Administrator, proposed.Id, CancellationToken.None)
                : p.RefuseAsync(ConfigurationDesk.Actor(AdminRole.Reviewer), proposed.Id, "địa chỉ lạ", CancellationToken.None));
            var (approved, ended) = (await approval is ItemOutcome.Changed, await end is null);

            Assert.NotEqual(approved, ended);
            Assert.Equal(approved, (await desk.StateAsync()).Document!.Contains(address, StringComparison.Ordinal));
        }
        Assert.Equal((await desk.StateAsync()).Version - 1, await desk.AuditedAsync("configuration.approved"));
    }

    [Fact]
    public async Task A_refusal_carries_a_reason_and_a_decision_is_made_once()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(await desk.EditAsync(NewAddress)));
        Task<ItemOutcome?> Refuse(string reason) => desk.WithAsync((ConfigurationProposals p) => p.RefuseAsync(desk.Reviewer, proposed.Id, reason, CancellationToken.None));

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.ReasonIsMissing), await Refuse(" "));
        Assert.Null(await Refuse("địa chỉ lạ"));
        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided), await desk.ApproveAsync(proposed.Id));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_wrong_address_is_rolled_back_by_one_person_in_one_call(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var before = (await desk.StateAsync()).Document;
        await desk.ChangeByTwoAsync(document => document["redirect_uris"] = new JsonArray("https://rp.example/wrong"));

        Assert.Equal(new ItemOutcome.Changed(3), await desk.RollBackAsync(toVersion: 1, baseVersion: 2));

        Assert.Equal(before, (await desk.StateAsync()).Document);
        Assert.Equal(1, await desk.AuditedAsync("client.rolled_back"));
    }

    [Fact]
    public async Task A_secret_that_was_taken_away_does_not_come_back_with_a_rollback()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var leaked = JsonNode.Parse((await desk.StateAsync()).Document!)!["secrets"]![0]!["sha256"]!.GetValue<string>();
        await desk.ChangeByTwoAsync(document =>
        {
            document["secrets"] = new JsonArray(new JsonObject { ["value"] = "the-secret-after-the-leak-0123456789abcdef" });
            document["client_name"]!["vi"] = "Tên mới";
        });

        Assert.Equal(new ItemOutcome.Changed(3), await desk.RollBackAsync(toVersion: 1, baseVersion: 2));

        var document = (await desk.StateAsync()).Document!;
        Assert.Contains("Dịch vụ rp", document, StringComparison.Ordinal);
        Assert.DoesNotContain(leaked, document, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite, false), InlineData(Engine.PostgreSql, true)]
    public async Task M22_A_removed_client_comes_back_switched_off_and_without_the_credentials_that_went_with_it(Engine engine, bool signs)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        if (signs)
            await desk.ChangeByTwoAsync(document =>
            {
                (document["token_endpoint_auth_method"], document["jwks_uri"]) = ("private_key_jwt", "https://rp.example/keys");
                document.Remove("secrets");
            });
        var state = await desk.StateAsync();
        var removal = Assert.IsType<ItemOutcome.Proposed>(await desk.ProposeAsync(new ItemEdit(state.Item, state.Version, null, "khóa bị lộ")));
        Assert.IsType<ItemOutcome.Changed>(await desk.ApproveAsync(removal.Id));

        Assert.Equal(new ItemOutcome.Changed(state.Version + 2), await desk.RollBackAsync(toVersion: state.Version, baseVersion: state.Version + 1));

        var document = JsonNode.Parse((await desk.StateAsync()).Document!)!.AsObject();
        Assert.False(document["enabled"]!.GetValue<bool>());
        Assert.Equal("Dịch vụ rp", document["client_name"]!["vi"]!.GetValue<string>());
        Assert.DoesNotContain(document, member => member.Key is "secrets" or "jwks" or "jwks_uri");
        // Alone nobody makes more of it: new credentials have their second person.
        Assert.IsType<ItemOutcome.Refused>(await desk.ChangeAsync(await desk.EditAsync(d => d["enabled"] = true)));
        Assert.IsType<ItemOutcome.NeedsSecondPerson>(await desk.ChangeAsync(await desk.EditAsync(d =>
        {
            if (signs) d["jwks_uri"] = "https://rp.example/new-keys";
            else d["secrets"] = new JsonArray(new JsonObject { ["value"] = "the-secret-after-the-removal-0123456789abcdef" });
            d["enabled"] = true;
        })));
    }

    [Theory, InlineData(1, 1), InlineData(7, 1), InlineData(0, 1)]
    public async Task Only_an_older_version_comes_back(int toVersion, int baseVersion)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);

        Assert.Equal(new ItemOutcome.Denied(ChangeRefusal.UnknownVersion), await desk.RollBackAsync(toVersion, baseVersion));
    }

    [Fact]
    public async Task A_rollback_overwrites_nothing_that_came_after_the_button_was_shown()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        await desk.ChangeByTwoAsync(NewAddress);
        await desk.ChangeAsync(await desk.EditAsync(document => document["client_name"]!["vi"] = "Tên mới"));

        Assert.Equal(new ItemOutcome.Stale(3), await desk.RollBackAsync(toVersion: 1, baseVersion: 2));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_connector_comes_back_with_the_secret_that_belongs_to_its_address(Engine engine)
    {
        await using var desk = await ConfigurationDesk.OpenAsync(engine);
        var connector = new ItemKey(ConfigurationStore.ConnectorKind, "vnconnect");
        var before = await desk.StateAsync(connector);
        await desk.ChangeByTwoAsync(document =>
        {
            document["settings"]!["issuer"] = "https://elsewhere.example";
            document["settings"]!["client_secret"] = "another-secret";
        }, connector);

        Assert.IsType<ItemOutcome.Changed>(await desk.RollBackAsync(before.Version, before.Version + 1, connector));

        Assert.Equal(before.Document, (await desk.StateAsync(connector)).Document);
        var (document, _) = await desk.WithAsync((ConfigurationStore store) => store.LoadAsync(CancellationToken.None));
        Assert.NotEqual("another-secret", document.Connectors.Single(c => c.Name == "vnconnect").Secrets["client_secret"]);
    }

    [Fact]
    public async Task A_new_sector_says_how_many_people_get_another_identifier()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var edit = await desk.EditAsync(document => document["sector"] = "test-two");
        var people = await desk.Provider.InDatabaseAsync(async db =>
        {
            foreach (var person in db.People.Take(3).ToList()) db.SubjectIdentifiers.Add(new() { Identifier = $"{person.Id:N}", PersonId = person.Id, Sector = "test-one", CreatedAt = DateTimeOffset.UtcNow });
            return await db.SaveChangesAsync();
        });

        var impact = await desk.WithAsync(async (ImpactPreview preview) => await preview.OfAsync(edit.Item, (await desk.StateAsync()).Document, edit.Document, CancellationToken.None));

        Assert.Equal([new Impact(ImpactKind.ChangesIdentifiers, people)], impact);
    }

    [Fact]
    public async Task A_connector_that_is_switched_off_says_who_is_left_without_a_way()
    {
        await using var desk = await ConfigurationDesk.OpenAsync(Engine.Sqlite);
        var edit = await desk.EditAsync(document => document["enabled"] = false, new ItemKey(ConfigurationStore.ConnectorKind, "local"));

        var impact = await desk.WithAsync(async (ImpactPreview preview) => await preview.OfAsync(edit.Item, (await desk.StateAsync(edit.Item)).Document, edit.Document, CancellationToken.None));

        Assert.Equal([ImpactKind.UsedBy, ImpactKind.LeavesNoWay], impact.Select(i => i.Kind));
    }
}
