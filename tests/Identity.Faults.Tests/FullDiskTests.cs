using System.Net;
using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>A small office on SQLite whose disk is full.</summary>
public sealed class FullDiskTests
{
    private const string Password = TestProvider.Password;

    [MountFact]
    public async Task A_full_disk_gives_a_clear_error_commits_no_half_and_is_over_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var node = new ServerProcess(disk.Settings);
        await node.CommandAsync(["migrate"]);
        await node.CommandAsync(["configuration", "import", Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")]);
        await node.CommandAsync(["configuration", "import", disk.Write("clients.json", TestClients.Document)]);
        await node.CommandAsync(["account", "create", "--username", "lan", "--password-stdin"], Password);
        await node.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(node.Address) };
        var application = new TestRelyingParty(http, "rp", "https://rp.example/cb");
        using var browser = new TestBrowser(node.Address, new SocketsHttpHandler(), sockets => new ReadsPages { InnerHandler = sockets });
        var tokens = await application.TokensAsync(browser, "lan", ("scope", "openid offline_access"));

        disk.Fill();
        var refused = await UntilFullAsync(application, tokens);
        Assert.Equal(new Outcome(Ending.Told, "refresh: 503 server_error"), Outcome.Of("refresh", refused.Reply));
        using var stranger = new TestBrowser(node.Address, new SocketsHttpHandler(), sockets => new ReadsPages { InnerHandler = sockets });
        var page = await application.AuthorizeAsync(stranger);
        Assert.True(page.Status == HttpStatusCode.ServiceUnavailable, $"{page.Status} {page.Text}\n{string.Join('\n', node.Log)}");
        Assert.Contains("AB-", page.Text, StringComparison.Ordinal);

        disk.Empty();
        // The rotation that found no room did not happen: its token is as good as before, once.
        var again = await application.TokenAsync(application.Refresh(refused.Token));
        Assert.True(again.Status == 200, again.Body);
        Assert.Equal("invalid_grant", (await application.TokenAsync(application.Refresh(refused.Token))).Error);
        Assert.Equal(200, (await application.TokensAsync(browser)).Status);
    }

    /// <summary>The write-ahead log has a little room left; the refresh that uses it up is the one that counts.</summary>
    private static async Task<(string Token, TestReply Reply)> UntilFullAsync(TestRelyingParty application, TestReply tokens)
    {
        for (var i = 0; i < 2_000; i++)
        {
            var reply = await application.TokenAsync(application.Refresh(tokens.RefreshToken));
            if (reply.Status != 200) return (tokens.RefreshToken, reply);
            tokens = reply;
        }
        throw new InvalidOperationException("The disk never got full.");
    }

    private sealed class ReadsPages : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Accept.ParseAdd("text/html");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
