using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;

namespace Identity.Faults.Tests;

/// <summary>What may happen once happens once, fifty-way parallel over two processes (two-node rule of the attack catalogue).</summary>
[Collection(ProvinceCollection.Name)]
public sealed class OneTimeTests(Province province) : IAsyncLifetime
{
    private const int AtOnce = 50;
    private const string TypeOfAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly int Rounds = LongRun.Choose(1, 20);
    private HttpClient _a = null!;
    private HttpClient _b = null!;

    public async Task InitializeAsync()
    {
        await province.MendAsync();
        (_a, _b) = (province.NewHttp("a"), province.NewHttp("b"));
    }

    public Task DisposeAsync()
    {
        _a.Dispose();
        _b.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task O1_Of_fifty_parallel_redemptions_at_two_nodes_one_succeeds_and_its_tokens_end()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var traveller = await SignedInAsync();
            var replies = await AtBothAsync(application => application.TokenAsync(application.Exchange(traveller.Code!)));
            var winner = OnlyOne(replies, "invalid_grant");
            Assert.Equal("invalid_grant", (await RefreshAsync(_b, winner.RefreshToken)).Error);
            Assert.Equal(401, (await province.RelyingParty(_a).UserInfoAsync(winner.AccessToken)).Status);
        }
        LongRun.Report("one code, fifty redemptions at two nodes", $"{Rounds} rounds, one success each");
    }

    [Fact]
    public async Task O21_Of_fifty_parallel_refreshes_at_two_nodes_one_succeeds_and_the_family_ends()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var traveller = await SignedInAsync();
            Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
            var replies = await AtBothAsync(application => application.TokenAsync(application.Refresh(traveller.Tokens!.RefreshToken)));
            var winner = OnlyOne(replies, "invalid_grant");
            Assert.Equal("invalid_grant", (await RefreshAsync(_a, winner.RefreshToken)).Error);
        }
        LongRun.Report("one refresh token, fifty refreshes at two nodes", $"{Rounds} rounds, one success each");
    }

    [Fact]
    public async Task O21_A_rotated_refresh_token_is_refused_by_the_other_node_and_ends_the_family()
    {
        using var traveller = await SignedInAsync();
        Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
        var first = traveller.Tokens!.RefreshToken;
        var second = await RefreshAsync(_a, first);
        Assert.Equal(200, second.Status);
        Assert.Equal("invalid_grant", (await RefreshAsync(_b, first)).Error);
        Assert.Equal("invalid_grant", (await RefreshAsync(_a, second.RefreshToken)).Error);
    }

    [Fact]
    public async Task O19_An_assertion_used_at_one_node_is_refused_by_the_other()
    {
        var assertion = Assertion();
        Assert.Equal(200, (await MachineAsync(_a, assertion)).Status);
        Assert.Equal("invalid_client", (await MachineAsync(_b, assertion)).Error);
        for (var round = 0; round < Rounds; round++)
        {
            var fresh = Assertion();
            OnlyOne(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => MachineAsync(i % 2 == 0 ? _a : _b, fresh))), "invalid_client");
        }
    }

    [Fact]
    public async Task L2_Of_fifty_parallel_guesses_at_two_nodes_at_most_five_are_looked_at()
    {
        var name = $"p{Guid.NewGuid():N}"[..12];
        await province.A.CommandAsync(["account", "create", "--username", name, "--password-stdin"], TestProvider.Password);
        var pages = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(PageAsync));

        var answers = await Task.WhenAll(pages.Select(p => Someone.SignInAsync(p.Browser, p.Page, name, "wrong")));

        Assert.Equal(5, answers.Count(Someone.AsksForPassword));
        Assert.All(answers.Where(a => !Someone.AsksForPassword(a)), a => Assert.EndsWith("/problem", a.Address.AbsolutePath, StringComparison.Ordinal));
        var (late, page) = await PageAsync(0);
        Assert.Null((await Someone.SignInAsync(late, page, name)).LeftFor);
        foreach (var browser in pages.Select(p => p.Browser).Append(late)) browser.Dispose();
    }

    private async Task<(TestBrowser Browser, TestPage Page)> PageAsync(int index)
    {
        var sockets = province.Proxy.NewSockets();
        var browser = new TestBrowser(province.Origin, sockets, way => way);
        return (browser, await province.RelyingParty(index % 2 == 0 ? _a : _b).AuthorizeAsync(browser));
    }

    private async Task<Traveller> SignedInAsync()
    {
        var traveller = new Traveller(province, "an");
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
        return traveller;
    }

    private async Task<TestReply[]> AtBothAsync(Func<TestRelyingParty, Task<TestReply>> send) =>
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => send(province.RelyingParty(i % 2 == 0 ? _a : _b))));

    private Task<TestReply> RefreshAsync(HttpClient node, string token)
    {
        var application = province.RelyingParty(node);
        return application.TokenAsync(application.Refresh(token));
    }

    private static TestReply OnlyOne(TestReply[] replies, string refusal)
    {
        Assert.All(replies.Where(r => r.Status != 200), r => Assert.Equal(refusal, r.Error));
        return Assert.Single(replies, r => r.Status == 200);
    }

    private string Assertion() => province.MachineKey.Sign(AssertionKey.Header(), AssertionKey.Claims(Province.Machine, province.Origin));

    private static async Task<TestReply> MachineAsync(HttpClient node, string assertion) => await TestReply.ReadAsync(await node.PostAsync("/connect/token",
        new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_assertion_type"] = TypeOfAssertion, ["client_assertion"] = assertion,
        })));
}
