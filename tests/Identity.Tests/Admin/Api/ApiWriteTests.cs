using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Nothing is overwritten, nothing happens twice, and lists go on where they say.</summary>
public sealed class ApiWriteTests
{
    private const string Proposals = $"{TestApi.Root}/configuration/proposals";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_change_names_the_version_that_it_was_made_from_and_gets_the_next_one(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var item = await api.GetAsync(TestApi.Item, token);

        var first = await api.SendAsync(HttpMethod.Put, TestApi.Item, token, Renamed(item, "Một"), ("If-Match", item.ETag!));
        var late = await api.SendAsync(HttpMethod.Put, TestApi.Item, token, Renamed(item, "Hai"), ("If-Match", item.ETag!));

        Assert.Equal((200, "\"v2\""), (first.Status, first.ETag));
        Assert.Equal((412, "stale-version", 2), (late.Status, late.Problem, late.Json["current_version"]!.GetValue<int>()));
        Assert.Equal("service:machine", await api.Admin.InDatabaseAsync(db => db.ConfigurationVersions.Where(v => v.Name == "rp" && v.Version == 2).Select(v => v.ChangedBy).SingleAsync()));
        Assert.Equal(1, await api.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "client.changed" && a.Actor == "service:machine")));
    }

    [Theory, InlineData("*"), InlineData("W/\"v1\""), InlineData("\"v1\", \"v2\""), InlineData("v1"), InlineData("\"1\"")]
    public async Task A_version_that_fits_anything_is_no_version(string match)
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var item = await api.GetAsync(TestApi.Item, token);

        var reply = await api.SendAsync(HttpMethod.Put, TestApi.Item, token, Renamed(item, "Một"), ("If-Match", match));

        Assert.Contains(reply.Status, (int[])[412, 428]);
    }

    [Fact]
    public async Task A_document_that_breaks_rules_is_told_place_by_place_in_both_languages()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var item = await api.GetAsync(TestApi.Item, token);
        var body = Renamed(item, "Một");
        body["document"]!["colour"] = "red";

        var reply = await api.SendAsync(HttpMethod.Put, TestApi.Item, token, body, ("If-Match", item.ETag!));

        Assert.Equal((422, "invalid-document"), (reply.Status, reply.Problem));
        var error = Assert.Single(reply.Json["errors"]!.AsArray())!;
        Assert.Equal("colour", (string?)error["path"]);
        Assert.Equal(("không phải thành phần được dùng ở đây", "is not a member that is known here"), ((string?)error["message"]!["vi"], (string?)error["message"]!["en"]));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_same_key_gets_the_same_answer_and_nothing_happens_twice(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var body = await ProposalAsync(api, token, "https://rp.example/new");

        var replies = new List<ApiReply>();
        for (var i = 0; i < 3; i++) replies.Add(await api.PostAsync(Proposals, token, body, ("Idempotency-Key", "key-1")));

        Assert.Equal([201, 201, 201], replies.Select(r => r.Status));
        Assert.Single(replies.Select(r => (r.Body, r.Headers["Location"])).Distinct());
        Assert.Equal(1, await api.Admin.InDatabaseAsync(db => db.ConfigurationProposals.CountAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Of_several_at_once_with_one_key_one_is_done(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var body = await ProposalAsync(api, token, "https://rp.example/new");

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.PostAsync(Proposals, token, body.DeepClone(), ("Idempotency-Key", "key-1"))));

        Assert.All(replies, reply => Assert.True(reply.Status == 201 || reply.Problem == "still-running", reply.Body));
        Assert.Equal(1, await api.Admin.InDatabaseAsync(db => db.ConfigurationProposals.CountAsync()));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request_of_one_account()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var (token, other) = (await api.NewAccountAsync("machine", AdminRole.Administrator), await api.NewAccountAsync("other", AdminRole.Administrator));
        Assert.Equal(201, (await api.PostAsync(Proposals, token, await ProposalAsync(api, token, "https://rp.example/one"), ("Idempotency-Key", "key-1"))).Status);

        var reused = await api.PostAsync(Proposals, token, await ProposalAsync(api, token, "https://rp.example/two"), ("Idempotency-Key", "key-1"));
        var others = await api.PostAsync(Proposals, other, await ProposalAsync(api, token, "https://rp.example/two"), ("Idempotency-Key", "key-1"));

        Assert.Equal((422, "idempotency-key-reused", 201), (reused.Status, reused.Problem, others.Status));
    }

    [Fact]
    public async Task A_body_that_could_not_be_read_does_not_use_its_key_up()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);

        Assert.Equal("malformed-body", (await api.PostAsync(Proposals, token, "{", ("Idempotency-Key", "key-1"))).Problem);
        Assert.Equal(201, (await api.PostAsync(Proposals, token, await ProposalAsync(api, token, "https://rp.example/one"), ("Idempotency-Key", "key-1"))).Status);
    }

    [Fact]
    public async Task A_machine_does_not_approve_what_a_machine_proposed()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var (token, other) = (await api.NewAccountAsync("machine", AdminRole.Administrator), await api.NewAccountAsync("other", AdminRole.Reviewer));
        var made = await api.PostAsync(Proposals, token, await ProposalAsync(api, token, "https://rp.example/one"));

        var reply = await api.PostAsync($"{Proposals}/{made.Json["id"]}/approval", other, new { });

        Assert.Equal((403, "own-proposal"), (reply.Status, reply.Problem));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_list_goes_on_by_its_link_and_every_item_comes_once(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);
        var sectors = new JsonArray([.. Enumerable.Range(0, 120).Select(i => new JsonObject { ["name"] = $"page-{i:000}", ["display_name"] = new JsonObject { ["vi"] = $"Trang {i}", ["en"] = $"Page {i}" } })]);
        await api.Admin.Provider.ImportAsync(new JsonObject { ["sectors"] = sectors }.ToJsonString());

        var names = new List<string>();
        string? next = $"{TestApi.Root}/configuration/items/sector";
        while (next is not null)
        {
            var reply = await api.GetAsync(next, token);
            names.AddRange(reply.Json["items"]!.AsArray().Select(i => i!["name"]!.GetValue<string>()));
            next = reply.Headers.GetValueOrDefault("Link") is { } link ? link[(link.IndexOf('<') + 1)..link.IndexOf('>')] : null;
        }

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(120, names.Count(n => n.StartsWith("page-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_name_of_an_API_is_an_address_and_still_names_an_item()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);

        var reply = await api.GetAsync($"{TestApi.Root}/configuration/items/resource/{Uri.EscapeDataString("https://dossiers.anbinh.example")}", token);

        Assert.Equal((200, "https://dossiers.anbinh.example"), (reply.Status, reply.Json["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_exported_is_imported_without_a_change()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        var file = JsonNode.Parse((await api.GetAsync($"{TestApi.Root}/configuration/export", token)).Body);

        var reply = await api.PostAsync($"{TestApi.Root}/configuration/import", token, new JsonObject { ["reason"] = "kiểm thử", ["document"] = file });

        Assert.Equal((200, 0), (reply.Status, reply.Json["changes"]!.GetValue<int>()));
    }

    private static JsonObject Renamed(ApiReply item, string name)
    {
        var document = item.Json["document"]!.DeepClone();
        document["client_name"]!["vi"] = name;
        return new JsonObject { ["reason"] = "kiểm thử", ["document"] = document };
    }

    private static async Task<JsonObject> ProposalAsync(TestApi api, string token, string address)
    {
        var document = (await api.GetAsync(TestApi.Item, token)).Json["document"]!.DeepClone();
        document["redirect_uris"]!.AsArray().Add(address);
        return new JsonObject { ["kind"] = "client", ["name"] = "rp", ["base_version"] = 1, ["reason"] = "kiểm thử", ["document"] = document };
    }
}
