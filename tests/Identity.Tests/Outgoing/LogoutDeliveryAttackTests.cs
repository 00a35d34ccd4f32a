using System.Net;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Outgoing;

/// <summary>Telling an application of a sign-out, when the application does not want to be told or wants more than that.</summary>
public sealed class LogoutDeliveryAttackTests : IAsyncLifetime
{
    private HostileServer _server = null!;
    private TestProvider _provider = null!;

    public async Task InitializeAsync()
    {
        _server = await HostileServer.StartAsync();
        _provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Services.AddSingleton<NameResolution>(
            (host, _) => Task.FromResult<IPAddress[]>([host == "metadata.rp.example" ? IPAddress.Parse("169.254.169.254") : IPAddress.Loopback])));
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/redirect", "http 307")]
    [InlineData("/loop", "http 307")]
    [InlineData("/endless", "http 200")]
    [InlineData("/drip", "http 200")]
    [InlineData("https://metadata.rp.example/", "address refused")]
    public async Task F7_The_message_goes_to_one_address_once_per_attempt(string address, string result)
    {
        var delivery = await SignOutAsync(address.StartsWith('/') ? _server.Address + address : address);
        Assert.Equal((result, 1), (delivery.LastResult, delivery.Attempts));
        Assert.Equal(result == "http 200" ? LogoutDeliveryState.Delivered : LogoutDeliveryState.Pending, delivery.State);
        Assert.False(_server.Asked.ContainsKey("/keys"));
        if (address.StartsWith('/')) Assert.Equal(1, _server.Asked[address]);
        Assert.Contains(_provider.Log.Lines, line => line.Contains(result, StringComparison.Ordinal));
    }

    [Fact]
    public async Task F7_A_silent_application_keeps_nobody_waiting_and_is_tried_again_later()
    {
        var delivery = await SignOutAsync($"{_server.Address}/silent");
        // The person has the page; the attempt is still running.
        Assert.Equal((LogoutDeliveryState.Pending, 1), (delivery.State, delivery.Attempts));
        Assert.Null(delivery.LastResult);

        while (delivery.LastResult is null)
        {
            await Task.Delay(200);
            delivery = await FindAsync();
        }
        Assert.Equal("timeout", delivery.LastResult);
        Assert.True(delivery.NextAttemptAt > DateTimeOffset.UtcNow.AddSeconds(1));
    }

    private async Task<LogoutDelivery> SignOutAsync(string address)
    {
        await _provider.ImportAsync(ClientDocument.Of("rp", client => (client["client_id"], client["backchannel_logout_uri"]) = ("told", address)));
        using var browser = _provider.NewBrowser();
        await new TestRelyingParty(_provider, "told", "https://rp.example/cb").TokensAsync(browser);
        var page = await browser.SubmitAsync(await browser.GetAsync("/account"), "/account/signout");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("login_required", (await TestRelyingParty.Of(_provider).AuthorizeAsync(browser, ("prompt", "none"))).Answer["error"]);
        return await FindAsync();
    }

    private Task<LogoutDelivery> FindAsync() => _provider.InDatabaseAsync(db => db.LogoutDeliveries.AsNoTracking().SingleAsync());
}
