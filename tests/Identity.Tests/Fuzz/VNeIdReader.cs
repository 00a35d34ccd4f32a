using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Identity.Connectors.VNeId;
using Identity.Protocols.Federation;
using Identity.Tests.Configuration;

namespace Identity.Tests.Fuzz;

/// <summary>What anybody can write into a callback, and what a broken upstream can write into its answers, with the key of the development configuration.</summary>
internal static class VNeIdReader
{
    private static readonly UpstreamTransaction Trip = new("state", "nonce", "verifier", new Uri("https://id.example/login/callback/vneid"), ConfigurationFixture.Now);
    private static readonly Upstream Answers = new();
    private static readonly VNeIdConnector EncryptedCode = Connector(VNeIdPart.Code, VNeIdPart.Token, VNeIdPart.Userinfo);
    private static readonly VNeIdConnector PlainCode = Connector(VNeIdPart.Token, VNeIdPart.Userinfo);

    public static object? Callback(string query) => Judge(EncryptedCode, query, "{}");

    public static object? Body(string body) => Judge(PlainCode, "?code=x&state=state", body);

    private static UpstreamOutcome Judge(VNeIdConnector connector, string query, string body)
    {
        Answers.Body = Encoding.UTF8.GetBytes(body);
        var judged = connector.CompleteAsync(new UpstreamCallback(query, new Dictionary<string, string>()), Trip, CancellationToken.None);
        Assert.True(judged.IsCompleted, "nothing here has to wait");
        return judged.Result;
    }

    private static VNeIdConnector Connector(params VNeIdPart[] encrypted)
    {
        var seed = ConfigurationFixture.Development()["connectors"]!.AsArray().Single(c => (string)c!["name"]! == "vneid")!["settings"]!.DeepClone().AsObject();
        var settings = VNeIdConnectorSettings.FromJson(seed.ToJsonString()) with { Encrypted = encrypted };
        return new VNeIdConnector("vneid", settings, new HttpClient(Answers), subject => subject, new HurriedClock());
    }

    private sealed class Upstream : HttpMessageHandler
    {
        public byte[] Body { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Body) });
    }

    /// <summary>Short waits are over at once; long ones, the limits of time, never come.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => ConfigurationFixture.Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.FromSeconds(1)) callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
