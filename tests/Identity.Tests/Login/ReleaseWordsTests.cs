using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>An answer holds for the words that it was given to: which data, why, by which statute, for how long.</summary>
public sealed class ReleaseWordsTests(ReleaseFixture fixture) : IClassFixture<ReleaseFixture>
{
    private const string Scope = "openid profile email";

    /// <summary>One change each, to the page that the person has answered.</summary>
    private static readonly Dictionary<string, Action<JsonNode>> Changes = new()
    {
        ["purpose of the service"] = client => client["purpose"]!["vi"] = "bán cho người khác",
        ["purpose of an attribute"] = client => client["release"]![1]!["purpose"]!["vi"] = "bán cho người khác",
        ["purpose of what was left out"] = client => client["release"]![2]!["purpose"]!["vi"] = "bán cho người khác",
        ["statute"] = client => client["release"]![0]!["legal_basis"]!["vi"] = "Điều 9 Nghị định mẫu",
        ["retention of an attribute"] = client => client["release"]![1]!["retention"]!["vi"] = "mãi mãi",
        ["retention of the rest"] = client => client["retention"]!["vi"] = "mãi mãi",
        ["asked for, now ordered by law"] = client => (client["release"]![1]!["kind"], client["release"]![1]!["legal_basis"]) = ("notice", Words("Điều 9 Nghị định mẫu")),
    };

    /// <summary>What the page did not say to this person.</summary>
    private static readonly Dictionary<string, Action<JsonNode>> Others = new()
    {
        ["words in the other language"] = client => client["release"]![1]!["purpose"]!["en"] = "sort people by their age",
        ["words about an attribute that is not released"] = client => client["release"]!.AsArray().Add(new JsonObject { ["claim"] = "phone_number", ["kind"] = "consent", ["purpose"] = Words("gọi điện") }),
        ["where the application lives"] = client => client["client_uri"] = "https://moi.example",
    };

    public static TheoryData<Engine, string> WhatWasShown => Cases(Changes);
    public static TheoryData<Engine, string> WhatWasNot => Cases(Others);

    [Theory, MemberData(nameof(WhatWasShown))]
    public async Task Any_change_of_what_was_shown_asks_again(Engine engine, string what)
    {
        using var visit = await AgreedAsync(engine);
        await ImportAsync(visit, Changes[what]);

        Assert.Equal("consent_required", (await visit.AskAsync(Scope, ("prompt", "none"))).Answer["error"]);
        var page = await visit.AskAsync(Scope);
        Assert.True(ReleaseVisit.IsRelease(page), page.Text);

        Assert.NotNull((await visit.AnswerAsync(page, "agree")).LeftFor);
        Assert.NotNull((await visit.AskAsync(Scope)).LeftFor);
    }

    [Theory, MemberData(nameof(WhatWasNot))]
    public async Task Nothing_else_asks_again(Engine engine, string what)
    {
        using var visit = await AgreedAsync(engine);
        await ImportAsync(visit, Others[what]);
        Assert.NotNull((await visit.AskAsync(Scope)).LeftFor);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_answer_of_an_older_version_that_did_not_keep_the_words_is_asked_for_once_more(Engine engine)
    {
        using var visit = await AgreedAsync(engine);
        var person = await Deed.PersonOfAsync(visit.Provider, visit.User);
        await visit.Provider.InDatabaseAsync(db => db.Consents.Where(c => c.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(c => c.WordsDigest, (string?)null)));
        var page = await visit.AskAsync(Scope);
        Assert.True(ReleaseVisit.IsRelease(page), page.Text);
        Assert.NotNull((await visit.AnswerAsync(page, "agree")).LeftFor);
        Assert.NotNull((await visit.AskAsync(Scope)).LeftFor);
    }

    /// <summary>Somebody who has agreed, has left out the address, and is asked no more.</summary>
    private async Task<ReleaseVisit> AgreedAsync(Engine engine)
    {
        var provider = await fixture.ProviderAsync(engine);
        var visit = new ReleaseVisit(provider, $"words-{Guid.NewGuid():N}"[..14], await Someone.NewAsync(provider));
        await ImportAsync(visit, _ => { });
        Assert.NotNull((await visit.AnswerAsync(await visit.AskAsync(Scope), "agree")).LeftFor);
        Assert.NotNull((await visit.AskAsync(Scope)).LeftFor);
        return visit;
    }

    private static Task ImportAsync(ReleaseVisit visit, Action<JsonNode> change)
    {
        var document = JsonNode.Parse(ReleaseFixture.Mixed())!;
        var (client, id) = (document["clients"]![0]!, visit.Rp.ClientId);
        (client["client_id"], client["redirect_uris"], client["initiate_login_uri"]) = (id, new JsonArray($"https://{id}.example/cb"), $"https://{id}.example/start");
        client["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
        change(client);
        return visit.Provider.ImportAsync(document.ToJsonString());
    }

    private static JsonObject Words(string vi) => new() { ["vi"] = vi, ["en"] = "sample" };

    private static TheoryData<Engine, string> Cases(Dictionary<string, Action<JsonNode>> changes)
    {
        var data = new TheoryData<Engine, string>();
        foreach (var engine in Engines.All)
        foreach (var change in changes.Keys) data.Add(engine, change);
        return data;
    }
}
