using Identity.Domain.Storage;
using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Faults.Tests;

/// <summary>Two nodes whose clocks are ten minutes apart: some requests are refused until it is put right, nothing counts twice, nobody stays locked out.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class ClockTests(TwoClocks clocks) : IClassFixture<TwoClocks>, IDisposable
{
    private const string TypeOfAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private readonly ClockedNode _right = clocks.Right;
    private readonly ClockedNode _wrong = clocks.Wrong;

    public void Dispose() => _wrong.Clock.Error = TimeSpan.Zero;

    [Theory, InlineData(10), InlineData(-10)]
    public async Task M16_With_clocks_ten_minutes_apart_nothing_is_good_twice_and_nobody_stays_locked_out(int minutes)
    {
        _wrong.Clock.Error = TimeSpan.FromMinutes(minutes);
        foreach (var (signsIn, redeems) in ((ClockedNode, ClockedNode)[])[(_right, _right), (_wrong, _wrong), (_right, _wrong), (_wrong, _right)])
        {
            using var browser = new TestBrowser(signsIn.Address);
            var code = await Of(signsIn).CodeAsync(browser, "lan", ("scope", "openid offline_access"));
            var first = await Of(redeems).TokenAsync(Of(redeems).Exchange(code));
            var second = await Of(signsIn).TokenAsync(Of(signsIn).Exchange(code));
            // A code lives for a minute, so a node that is ten ahead takes every foreign one for expired. That is the whole damage.
            if (signsIn == redeems) Assert.True(first.Status == 200, first.Body);
            Assert.True(new[] { first, second }.Count(r => r.Status == 200) <= 1);
            Assert.All(new[] { first, second }, r => Assert.True(r.Status == 200 || r.Error == "invalid_grant", r.Body));
        }
        using var person = new TestBrowser(_wrong.Address);
        var tokens = await Of(_wrong).TokensAsync(person, "binh", ("scope", "openid offline_access"));
        var rotated = await Of(_right).TokenAsync(Of(_right).Refresh(tokens.RefreshToken));
        Assert.True(rotated.Status == 200, rotated.Body);

        _wrong.Clock.Error = TimeSpan.Zero;
        Assert.Equal(200, (await Of(_wrong).TokenAsync(Of(_wrong).Refresh(rotated.RefreshToken))).Status);
        // The session of the wrong hour is as good as any, and a new one can be had at either node.
        Assert.Equal(200, (await Of(_right).TokensAsync(person, "binh")).Status);
        using var another = new TestBrowser(_right.Address);
        Assert.Equal(200, (await Of(_wrong).TokenAsync(Of(_wrong).Exchange(await Of(_right).CodeAsync(another)))).Status);
    }

    [Fact]
    public async Task O19_A_node_ten_minutes_ahead_does_not_forget_assertions_that_are_still_good_elsewhere()
    {
        var assertion = clocks.MachineKey.Sign(AssertionKey.Header(), AssertionKey.Claims(Province.Machine, _right.Address));
        Assert.Equal(200, (await MachineAsync(assertion)).Status);
        await CleanAheadAsync();
        Assert.Equal("invalid_client", (await MachineAsync(assertion)).Error);
    }

    [Fact]
    public async Task A_node_ten_minutes_ahead_does_not_forget_which_tokens_were_revoked()
    {
        using var browser = new TestBrowser(_right.Address);
        var tokens = await Of(_right).TokensAsync(browser);
        Assert.Equal(200, (await Of(_right).PostAsync("/connect/revocation", new() { ["token"] = tokens.AccessToken })).Status);
        await CleanAheadAsync();
        Assert.Equal(401, (await Of(_right).UserInfoAsync(tokens.AccessToken)).Status);
    }

    private static TestRelyingParty Of(ClockedNode node) => new(node.Http, "rp", "https://rp.example/cb");

    private async Task CleanAheadAsync()
    {
        _wrong.Clock.Error = TenMinutes;
        await using var scope = _wrong.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExpiredRows>().RemoveAsync(CancellationToken.None);
    }

    private async Task<TestReply> MachineAsync(string assertion) => await TestReply.ReadAsync(await _right.Http.PostAsync("/connect/token",
        new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_assertion_type"] = TypeOfAssertion, ["client_assertion"] = assertion,
        })));
}
