using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Protocols.Jose;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Who gets in at the management API.</summary>
public sealed class ApiDoorTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_service_account_reads_what_its_scope_and_its_role_both_allow(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);

        var reply = await api.GetAsync(TestApi.Item, token);

        Assert.Equal((200, "rp", "\"v1\""), (reply.Status, reply.Json["document"]!["client_id"]!.GetValue<string>(), reply.ETag));
        Assert.Equal(("no-store", "nosniff"), (reply.Headers["Cache-Control"], reply.Headers["X-Content-Type-Options"]));
    }

    [Fact]
    public async Task Without_a_token_or_with_a_cookie_of_an_administrator_nobody_gets_in()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        using var visitor = await api.Admin.SignInAsync(AdminRole.Administrator);

        var reply = await api.GetAsync(TestApi.Item, null);
        var page = await visitor.Browser.GetAsync(api.Admin.Address + TestApi.Item);

        Assert.Equal((401, "token-refused", "Bearer"), (reply.Status, reply.Problem, reply.Headers["WWW-Authenticate"]));
        Assert.Equal(401, (int)page.Status);
    }

    public static TheoryData<string, Action<JsonObject>> WrongClaims => new()
    {
        { "another issuer", c => c["iss"] = "https://elsewhere.example" },
        { "another audience", c => c["aud"] = "https://dossiers.anbinh.example" },
        { "over", c => c["exp"] = 1_700_000_000 },
        { "never over", c => c.Remove("exp") },
        { "a person's", c => c["sub"] = "a-person" },
        { "an unknown client's", c => (c["sub"], c["client_id"]) = ("nobody", "nobody") },
        { "a client that has a secret", c => (c["sub"], c["client_id"]) = ("api", "api") },
        { "nameless", c => c.Remove("jti") },
    };

    [Theory, MemberData(nameof(WrongClaims))]
    public async Task One_wrong_claim_refuses_a_good_token(string what, Action<JsonObject> wrong)
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        await api.NewAccountAsync("machine", AdminRole.Administrator);
        var claims = new JsonObject
        {
            ["iss"] = api.Admin.Provider.Issuer, ["sub"] = "machine", ["client_id"] = "machine", ["aud"] = "urn:identity:management-api", ["scope"] = "admin.configuration.read",
            ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(), ["jti"] = "t1",
        };
        Assert.Equal(200, (await api.GetAsync(TestApi.Item, api.Sign(claims))).Status);
        Assert.Equal(401, (await api.GetAsync(TestApi.Item, api.Sign(claims, "JWT"))).Status);

        wrong(claims);

        Assert.True((await api.GetAsync(TestApi.Item, api.Sign(claims))).Status == 401, what);
    }

    [Fact]
    public async Task A_scope_that_the_token_lacks_is_named()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator, null, "admin.configuration.read");

        var reply = await api.PostAsync($"{TestApi.Item}/preview", token, new { document = new { } });

        Assert.Equal((403, "scope-missing", "admin.configuration"), (reply.Status, reply.Problem, reply.Json["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task M2_a_scope_gives_nothing_that_no_role_gives()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);

        Assert.Equal("not-allowed", (await api.GetAsync(TestApi.Item, await api.NewAccountAsync("none", role: null))).Problem);
        Assert.Equal("not-allowed", (await api.PostAsync($"{TestApi.Item}/preview", await api.NewAccountAsync("reader", AdminRole.Auditor), new { document = new { } })).Problem);
    }

    [Fact]
    public async Task A_role_that_ended_and_a_token_that_was_revoked_are_over_with_the_next_request()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var (first, second) = (await api.NewAccountAsync("first", AdminRole.Auditor), await api.NewAccountAsync("second", AdminRole.Auditor));
        await api.Admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.ClientId == "first").ExecuteUpdateAsync(set => set.SetProperty(r => r.EndedAt, DateTimeOffset.UtcNow)));
        var id = JsonWebSignature.ReadUnverified(second)!.Payload.GetProperty("jti").GetString()!;
        await api.Admin.InDatabaseAsync(async db =>
        {
            db.RevokedTokens.Add(new() { TokenId = id, ExpiresAt = DateTimeOffset.UtcNow.AddHours(1) });
            return await db.SaveChangesAsync();
        });

        Assert.Equal(403, (await api.GetAsync(TestApi.Item, first)).Status);
        Assert.Equal(401, (await api.GetAsync(TestApi.Item, second)).Status);
    }

    [Fact]
    public async Task Every_error_is_a_problem_document_even_where_no_operation_is()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);

        Assert.Equal((404, "not-found"), await StatusAsync(api.GetAsync("/api/v1/nothing", token)));
        Assert.Equal((404, "not-found"), await StatusAsync(api.GetAsync("/api", token)));
        Assert.Equal((405, "method-not-allowed"), await StatusAsync(api.SendAsync(HttpMethod.Delete, TestApi.Item, token)));
        Assert.Equal((400, "bad-parameter"), await StatusAsync(api.GetAsync($"{TestApi.Item}?admin=true", token)));
    }

    [Fact]
    public async Task No_other_site_is_invited()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);

        var reply = await api.SendAsync(HttpMethod.Options, TestApi.Item, null, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "GET"));

        Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(int, string?)> StatusAsync(Task<ApiReply> sent) => await sent is var reply ? (reply.Status, reply.Problem) : default;
}
