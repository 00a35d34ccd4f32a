using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Faults.Tests;

/// <summary>Two processes, one database, nginx in between: whatever one node began, the other can finish.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class TwoNodeTests(Province province) : IAsyncLifetime
{
    /// <summary>Nodes look for a new revision every three seconds; a slow machine may take longer over it.</summary>
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(15);

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, InlineData("an"), InlineData(Province.LocalAccount)]
    public async Task A_whole_visit_works_when_every_request_lands_on_the_other_node(string person)
    {
        var requests = 0;
        using var traveller = new Traveller(province, person) { Node = () => Interlocked.Increment(ref requests) % 2 == 0 ? "a" : "b" };
        Assert.Equal(Outcome.Finished, await traveller.VisitAsync());
        Assert.True(requests >= 8, $"{requests} requests");
    }

    [Fact]
    public async Task What_one_node_grants_the_other_honours_and_ends()
    {
        var node = "a";
        using var traveller = new Traveller(province, "binh") { Node = () => node };
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
        node = "b";
        Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
        node = "a";
        Assert.Equal(Outcome.Finished, await traveller.RefreshAsync());
        Assert.Equal(Outcome.Finished, await traveller.UserInfoAsync());
        using var onB = province.NewHttp("b");
        var revoked = await province.RelyingParty(onB).PostAsync("/connect/revocation", new() { ["token"] = traveller.Tokens!.RefreshToken });
        Assert.Equal(200, revoked.Status);
        Assert.Equal(new Outcome(Ending.Told, "userinfo: invalid_token"), await traveller.UserInfoAsync());
        Assert.Equal(new Outcome(Ending.Told, "refresh: invalid_grant"), await traveller.RefreshAsync());
    }

    [Fact]
    public async Task A_sign_out_at_one_node_ends_the_session_at_the_other()
    {
        var node = "a";
        using var traveller = new Traveller(province, "binh") { Node = () => node, Scope = "openid profile" };
        Assert.Equal(Outcome.Finished, await traveller.SignInAsync());
        Assert.Equal(Outcome.Finished, await traveller.RedeemAsync());
        node = "b";
        Assert.Equal(Outcome.Finished, await traveller.SignOutAsync());
        node = "a";
        Assert.Equal(new Outcome(Ending.Told, "userinfo: invalid_token"), await traveller.UserInfoAsync());
        var asked = new List<string>();
        traveller.Meanwhile = step => { asked.Add(step); return Task.CompletedTask; };
        await traveller.SignInAsync();
        Assert.Contains("start", asked);
    }

    [Fact]
    public async Task A_new_client_and_a_new_key_are_known_to_both_nodes_within_seconds()
    {
        var id = $"new-{Guid.NewGuid():N}"[..12];
        await province.ImportAsync(Province.CitizenClient(id));
        var rotated = await province.A.CommandAsync(["keys", "rotate", "--algorithm", "ES256", "--after", "01:00:00"]);
        var keyId = rotated.Split(' ')[1];
        foreach (var node in (string[])["a", "b"])
        {
            using var http = province.NewHttp(node);
            await EventuallyAsync(async () => (await http.GetStringAsync("/.well-known/openid-configuration/jwks")).Contains(keyId, StringComparison.Ordinal));
            await EventuallyAsync(async () => await IsKnownAsync(http, id));
        }
    }

    private async Task<bool> IsKnownAsync(HttpClient http, string client) =>
        (await province.RelyingParty(http, client).TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = "none" })).Error == "invalid_grant";

    private static async Task EventuallyAsync(Func<Task<bool>> isTrue)
    {
        using var patience = new CancellationTokenSource(Seconds);
        while (!await isTrue()) await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
    }
}
