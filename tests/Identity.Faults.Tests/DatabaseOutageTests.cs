using System.Net;
using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;
using Npgsql;

namespace Identity.Faults.Tests;

/// <summary>PostgreSQL goes away under load and comes back: nobody is left without an answer, nothing counts twice, and no node has to be started again.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class DatabaseOutageTests(Province province) : IAsyncLifetime
{
    private static readonly int Counters = LongRun.Choose(4, 8);
    private static readonly TimeSpan Quiet = LongRun.Choose(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
    private static readonly TimeSpan Away = LongRun.Choose(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
    private static readonly int Outages = LongRun.Choose(1, 5);

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task PostgreSQL_stopped_and_started_under_load_leaves_everybody_finished_or_told_and_needs_no_restart_of_the_nodes()
    {
        var crowd = new Crowd(province, Counters);
        await crowd.VisitWhileAsync(async () =>
        {
            for (var outage = 0; outage < Outages; outage++)
            {
                await Task.Delay(Quiet);
                await province.CrashDatabaseAsync();
                await Task.Delay(Away);
                await province.ResumeDatabaseAsync();
            }
            await Task.Delay(Quiet);
        });
        crowd.Tally.AssertNothingBroke();
        Assert.True(crowd.Tally.Of(Ending.Finished) > 0, crowd.Tally.Summary);
        Assert.All(province.Nodes, node => Assert.True(node.IsRunning));
        await AssertWholeAsync();
        LongRun.Report($"PostgreSQL away {Outages}× under load", $"{crowd.Tally.Summary}. {crowd.Tally.Details}");
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_people_get_a_page_and_applications_an_error_with_a_time_to_come_back()
    {
        using var http = province.NewHttp();
        using var traveller = new Traveller(province, "an");
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
        Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
        await province.CrashDatabaseAsync();
        await AssertPausedAsync(await AskAsync(http, $"/connect/authorize{AuthorizeQuery}"));
        Assert.Equal(new Outcome(Ending.Told, "refresh: 503 server_error"), await traveller.RefreshAsync());
        Assert.Equal(new Outcome(Ending.Told, "userinfo: 503 server_error"), await traveller.UserInfoAsync());
        foreach (var path in (string[])["/connect/introspect", "/connect/revocation"])
        {
            var reply = await traveller.Application.PostAsync(path, new() { ["token"] = traveller.Tokens!.RefreshToken });
            Assert.Equal(Ending.Told, Outcome.Of(path, reply).Ending);
        }
        // What a node holds in memory goes on: applications can still check signatures.
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/.well-known/openid-configuration/jwks")).StatusCode);
        await province.ResumeDatabaseAsync();
        await AssertWholeAsync();
        Assert.Equal(Outcome.Finished, await traveller.RefreshAsync());
    }

    /// <summary>Rotation that was answered is on disk: after the crash the old token is dead and the new one lives, once.</summary>
    [Fact]
    public async Task M16_After_a_crash_of_PostgreSQL_no_code_and_no_refresh_token_is_good_twice()
    {
        using var traveller = new Traveller(province, "an");
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
        Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
        var (code, first) = (traveller.Code!, traveller.Tokens!.RefreshToken);
        Assert.Equal(Outcome.Finished, await traveller.RefreshAsync());
        var second = traveller.Tokens!.RefreshToken;
        await province.CrashDatabaseAsync();
        await province.ResumeDatabaseAsync();
        await FirstConnectionsAsync();

        Assert.Equal("invalid_grant", (await traveller.Application.TokenAsync(traveller.Application.Exchange(code))).Error);
        Assert.Equal(Outcome.Finished, await traveller.RefreshAsync());
        Assert.NotEqual(second, traveller.Tokens!.RefreshToken);
        Assert.Equal("invalid_grant", (await traveller.Application.TokenAsync(traveller.Application.Refresh(first))).Error);
        Assert.Equal(new Outcome(Ending.Told, "refresh: invalid_grant"), await traveller.RefreshAsync());
    }

    [Fact]
    public async Task M16_A_node_killed_while_it_redeems_and_rotates_makes_nothing_good_twice()
    {
        var rounds = LongRun.Choose(1, 20);
        for (var round = 0; round < rounds; round++)
        {
            using var traveller = new Traveller(province, "an") { Node = () => "b" };
            Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
            await AssertOnceDespiteDeathAsync(application => application.TokenAsync(application.Exchange(traveller.Code!)));
            using var another = new Traveller(province, "an") { Node = () => "b" };
            Assert.Equal(Outcome.Finished, await another.SignInAsync());
            Assert.Equal(Outcome.Finished, await another.RedeemAsync());
            await AssertOnceDespiteDeathAsync(application => application.TokenAsync(application.Refresh(another.Tokens!.RefreshToken)));
        }
        LongRun.Report("kill -9 while a code is redeemed and a token rotated, the other node asked at once", $"{2 * rounds} kills, never two successes");
    }

    [Fact]
    public async Task When_every_connection_is_taken_there_is_a_page_with_a_time_to_come_back_and_then_it_works_again()
    {
        var held = new List<NpgsqlConnection>();
        try
        {
            await TakeAllAsync(held);
            using var http = province.NewHttp();
            await AssertPausedAsync(await AskAsync(http, $"/connect/authorize{AuthorizeQuery}"));
            var application = province.RelyingParty(http);
            Assert.Equal(Ending.Told, Outcome.Of("token", await application.TokenAsync(application.Exchange("any"))).Ending);
        }
        finally
        {
            foreach (var connection in held) await connection.DisposeAsync();
        }
        await AssertWholeAsync();
    }

    private static string AuthorizeQuery => "?client_id=citizen&redirect_uri=https%3A%2F%2Fcitizen.example%2Fcb&response_type=code&scope=openid&state=s&nonce=n"
        + $"&code_challenge={TestRelyingParty.Challenge}&code_challenge_method=S256";

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await http.SendAsync(request);
    }

    private static async Task AssertPausedAsync(HttpResponseMessage reply)
    {
        var page = await TestPage.ReadAsync(reply.RequestMessage!.RequestUri!, reply);
        Assert.True(page.Status == HttpStatusCode.ServiceUnavailable, $"{page.Status} {page.Text}");
        Assert.Equal("Trang đang tạm ngừng", page.Heading);
        Assert.Contains("AB-", page.Text, StringComparison.Ordinal);
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    /// <summary>Sends to a node that dies meanwhile, then the same to the other one: at most one of the two may succeed.</summary>
    private async Task AssertOnceDespiteDeathAsync(Func<TestRelyingParty, Task<TestReply>> send)
    {
        using var a = province.NewHttp("a");
        using var b = province.NewHttp("b");
        var first = send(province.RelyingParty(a));
        await Task.Delay(TimeSpan.FromMilliseconds(15 * Random.Shared.NextDouble()));
        await province.A.KillAsync();
        var replies = new[] { await first, await send(province.RelyingParty(b)) };
        Assert.True(replies.Count(r => r.Status == 200) <= 1, string.Join(" | ", replies.Select(r => $"{r.Status} {r.Error}")));
        Assert.All(replies, reply => Assert.NotEqual(Ending.Broken, Outcome.Of("token", reply).Ending));
        await province.MendAsync();
    }

    /// <summary>Pools notice a crash with their next use; that answer may still be a 503.</summary>
    private async Task FirstConnectionsAsync()
    {
        foreach (var node in (string[])["a", "b"])
        {
            using var http = province.NewHttp(node);
            var application = province.RelyingParty(http);
            for (var i = 0; i < 5; i++) await application.TokenAsync(application.Exchange("any"));
        }
    }

    private async Task AssertWholeAsync()
    {
        await FirstConnectionsAsync();
        foreach (var node in (string[])["a", "b"])
        {
            using var traveller = new Traveller(province, "full") { Node = () => node };
            Assert.Equal(Outcome.Finished, await traveller.VisitAsync());
        }
        // Exactly one refresh token per grant is current; a fork would need two.
        Assert.Equal(0L, await province.Cluster.ReadAsync<long>(Province.Database,
            "SELECT count(*) FROM (SELECT refresh_digest FROM grants WHERE refresh_digest IS NOT NULL GROUP BY refresh_digest HAVING count(*) > 1) forks"));
        // Ends with an error when a row or a block is not as it was written.
        await province.A.CommandAsync(["audit", "seal"]);
        await province.A.CommandAsync(["audit", "verify"]);
    }

    private async Task TakeAllAsync(List<NpgsqlConnection> held)
    {
        while (true)
        {
            try
            {
                held.Add(await province.Cluster.OpenAsync(Province.Database));
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                // The nodes hold a few of their own in their pools; end those, and take their places.
                if (await FreeOneAsync(held[0]) == 0) return;
            }
        }
    }

    private static async Task<long> FreeOneAsync(NpgsqlConnection own)
    {
        await using var command = new NpgsqlCommand("""
            SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND application_name = '' AND pid <> pg_backend_pid() AND query NOT IN ('', ';') AND query NOT LIKE 'SELECT count(pg_terminate%'
            """, own);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
