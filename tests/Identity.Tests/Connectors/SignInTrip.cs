using System.Net.Http;
using Identity.Connectors.OpenIdConnect;
using Identity.Protocols.Federation;

namespace Identity.Tests.Connectors;

/// <summary>One connector and one upstream, and the way of a browser between them.</summary>
internal sealed class SignInTrip : IAsyncDisposable
{
    public static readonly Uri Callback = new("https://dang-nhap.anbinh.gov.vn/login/callback/quoc-gia");

    private readonly HttpClient _http;
    private readonly OidcConnectorSettings _settings;

    private SignInTrip(FakeUpstream upstream, HttpMessageHandler handler, Func<OidcConnectorSettings, OidcConnectorSettings> change)
    {
        Upstream = upstream;
        _http = new HttpClient(handler);
        _settings = change(DefaultSettings(upstream));
        Connector = NewConnector();
    }

    public FakeUpstream Upstream { get; }
    public OidcConnector Connector { get; }

    /// <summary>Another one for the same upstream, which remembers nothing yet.</summary>
    public OidcConnector NewConnector() => new("quoc-gia", _settings, _http, Upstream.Clock);

    public static OidcConnectorSettings DefaultSettings(FakeUpstream upstream) => new()
    {
        Issuer = upstream.Issuer,
        ClientId = FakeUpstream.ClientId,
        ClientSecret = FakeUpstream.ClientSecret,
        Discovery = true,
        ProofingClaim = "loAs",
        ProofingLevels = new Dictionary<string, ProofingLevel> { ["01"] = ProofingLevel.Level01, ["02"] = ProofingLevel.Level02 },
    };

    public static async Task<SignInTrip> PlanAsync(
        Func<OidcConnectorSettings, OidcConnectorSettings>? change = null, HttpMessageHandler? handler = null) =>
        new(await FakeUpstream.StartAsync(), handler ?? OidcConnector.CreateHandler(), change ?? (s => s));

    public async Task<UpstreamStart.Redirect> StartAsync(bool forceLogin = false, string? loginHint = null) =>
        Assert.IsType<UpstreamStart.Redirect>(
            await Connector.StartAsync(new UpstreamRequest(Callback, forceLogin, loginHint, "vi"), default));

    public async Task<UpstreamOutcome> SignInAsync(Func<string, string>? changeQuery = null, TimeSpan? wait = null)
    {
        var started = await StartAsync();
        var query = Upstream.Approve(started.Address);
        if (wait is { } time) Upstream.Clock.Advance(time);
        return await CompleteAsync(changeQuery?.Invoke(query) ?? query, started.Transaction);
    }

    public Task<UpstreamOutcome> CompleteAsync(string rawQuery, UpstreamTransaction transaction) =>
        Connector.CompleteAsync(new UpstreamCallback(rawQuery, new Dictionary<string, string>()), transaction, default);

    public async Task<ExternalIdentity> IdentityAsync()
    {
        var outcome = await SignInAsync();
        return Assert.IsType<UpstreamOutcome.Authenticated>(outcome).Identity;
    }

    /// <summary>The failure; and, whatever it is, its detail gives nobody away.</summary>
    public static UpstreamFailure Failure(UpstreamOutcome outcome)
    {
        var failed = Assert.IsType<UpstreamOutcome.Failed>(outcome);
        Assert.NotEmpty(failed.Detail);
        Assert.All([FakeUpstream.Subject, FakeUpstream.ClientSecret, "Mẫu", "good-access-token", "code=", "\n"],
            secret => Assert.DoesNotContain(secret, failed.Detail, StringComparison.Ordinal));
        return failed.Why;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Upstream.DisposeAsync();
    }
}
