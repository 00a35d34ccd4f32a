using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

/// <summary>A step-up whose answer only the upstream can give: it is asked in its own words, and believed no further than its answer goes.</summary>
public sealed class BrokeredStepUpTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_missing_level_is_asked_of_the_upstream_and_session_and_applications_stay(Engine engine)
    {
        await using var site = await BrokeredSite.StartAsync(engine, "pwd");
        var before = await site.TokenAsync(await site.ThroughAsync(await site.AuthorizeAsync()));
        Assert.Equal(("urn:vn:eid:auth:1", "LoA1"), (before.GetClaim("acr").Value, site.Asked["acr_values"]));
        Assert.DoesNotContain("max_age", site.Asked.Keys);

        var answer = await site.ThroughAsync(await site.AuthorizeAsync(changes: ("claims", FactorVisitor.Claims(2))), claims => claims["acr"] = BrokeredSite.Mfa);

        Assert.Equal(BrokeredSite.Mfa, site.Asked["acr_values"]);
        var after = await site.TokenAsync(answer);
        Assert.Equal("urn:vn:eid:auth:2", after.GetClaim("acr").Value);
        Assert.Equal(["pwd", "otp"], after.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        Assert.Equal(before.GetClaim("sid").Value, after.GetClaim("sid").Value);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("LoA1", null)]
    [InlineData(BrokeredSite.Mfa, "pwd")]
    [InlineData("urn:vn:eid:auth:2", null)]
    public async Task An_upstream_that_does_less_than_it_was_asked_is_believed_no_further(string? acr, string? amr)
    {
        await using var site = await BrokeredSite.StartAsync(Engine.Sqlite, "pwd");
        var page = await site.ThroughAsync(await site.AuthorizeAsync(changes: ("claims", FactorVisitor.Claims(2))), claims =>
        {
            if (acr is not null) claims["acr"] = acr;
            if (amr is not null) claims["amr"] = new JsonArray(amr);
        });
        Assert.Equal(BrokeredSite.Mfa, site.Asked["acr_values"]);
        Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_missing_proofing_is_asked_of_the_upstream(Engine engine)
    {
        await using var site = await BrokeredSite.StartAsync(engine, "pwd");
        await site.TokenAsync(await site.ThroughAsync(await site.AuthorizeAsync()));
        site.Upstream.Userinfo["loAs"] = "02";
        var token = await site.TokenAsync(await site.ThroughAsync(await site.AuthorizeAsync("strict")), "strict");
        Assert.Equal(("urn:up:id2", "urn:vn:eid:auth:1"), (site.Asked["acr_values"], token.GetClaim("acr").Value));
    }

    [Fact]
    public async Task A_presence_that_is_too_old_is_asked_of_the_upstream_and_judged_by_its_answer()
    {
        await using var site = await BrokeredSite.StartAsync(Engine.Sqlite, "pwd");
        await site.TokenAsync(await site.ThroughAsync(await site.AuthorizeAsync()));
        site.Wait(TimeSpan.FromMinutes(20));
        var answer = await site.ThroughAsync(await site.AuthorizeAsync(changes: ("max_age", "300")));
        Assert.Equal("300", site.Asked["max_age"]);
        await site.TokenAsync(answer);

        // An upstream that lets the person through by what it remembers has shown nobody's presence.
        site.Wait(TimeSpan.FromMinutes(20));
        var stale = site.Upstream.Clock.GetUtcNow().AddMinutes(-20).ToUnixTimeSeconds();
        answer = await site.ThroughAsync(await site.AuthorizeAsync(changes: ("max_age", "300")), claims => claims["auth_time"] = stale);
        Assert.Equal("unmet_authentication_requirements", answer.Answer["error"]);
    }

    [Fact]
    public async Task L6_An_e_ID_that_names_no_methods_is_asked_once_and_its_owner_adds_and_removes_a_factor()
    {
        await using var site = await BrokeredSite.StartAsync(Engine.Sqlite);
        await site.ThroughAsync(await site.AuthorizeAsync());
        using var visitor = new FactorVisitor(site.Provider, "", site.Browser);
        // Ten minutes after the sign-in it is asked for, once.
        site.Wait(TimeSpan.FromMinutes(11));
        var page = await site.ThroughAsync(await site.Browser.GetAsync("/account/identities/app"));
        Assert.Equal(("/account/identities/app", "600"), (page.Address.AbsolutePath, site.Asked["max_age"]));
        await visitor.AddAppAsync();

        // The telephone is lost: the e-ID again, and what was lost is removed at once. Its codes alone do not remove it.
        site.Wait(TimeSpan.FromMinutes(11));
        page = await site.Browser.GetAsync("/account/identities");
        var id = Value(page, "id");
        page = await site.ThroughAsync(await RemoveAsync(site, Value(page, "form"), id));
        Assert.Equal("/account/identities", page.Address.AbsolutePath);
        await RemoveAsync(site, Value(page, "form"), id);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));
    }

    private static Task<TestPage> RemoveAsync(BrokeredSite site, string form, string id) =>
        site.Browser.PostAsync("/account/identities", [new("form", form), new("kind", "App"), new("id", id), new("do", "remove")]);

    private static string Value(TestPage page, string name) => page.Document.QuerySelector($"input[name={name}]")!.GetAttribute("value")!;
}
