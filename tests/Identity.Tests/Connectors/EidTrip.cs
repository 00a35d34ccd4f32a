using System.Net.Http;
using System.Text.Json.Nodes;
using Identity.Connectors.OpenIdConnect;
using Identity.Connectors.VNeId;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.Http;

namespace Identity.Tests.Connectors;

/// <summary>A connector of one of the two e-ID shapes, its upstream, and the way of a browser between them; what is different is hidden here.</summary>
internal abstract class EidTrip : IAsyncDisposable
{
    public abstract IRedirectConnector Connector { get; }
    public abstract TestClock Clock { get; }
    public abstract string Issuer { get; }
    public abstract Dictionary<string, RequestDelegate> Instead { get; }
    public abstract List<string> Requests { get; }
    public abstract string? LastAuthorization { get; }
    public abstract Dictionary<string, string> LastTokenForm { get; }

    /// <summary>The claims of the person at the other end, and what the shape calls an attribute.</summary>
    public abstract JsonObject Person { get; }
    public abstract IReadOnlyDictionary<string, string> ClaimOf { get; }

    public abstract string Approve(Uri address);
    public abstract ValueTask DisposeAsync();

    public async Task<UpstreamStart.Redirect> StartAsync(bool forceLogin = false) => Assert.IsType<UpstreamStart.Redirect>(
        await Connector.StartAsync(new UpstreamRequest(SignInTrip.Callback, forceLogin, null, "vi"), default));

    public async Task<UpstreamOutcome> SignInAsync(Func<string, string>? changeQuery = null, TimeSpan? wait = null)
    {
        var started = await StartAsync();
        var query = Approve(started.Address);
        if (wait is { } time) Clock.Advance(time);
        return await CompleteAsync(changeQuery?.Invoke(query) ?? query, started.Transaction);
    }

    public Task<UpstreamOutcome> CompleteAsync(string rawQuery, UpstreamTransaction transaction) =>
        Connector.CompleteAsync(new UpstreamCallback(rawQuery, new Dictionary<string, string>()), transaction, default);

    public async Task<ExternalIdentity> IdentityAsync() => Assert.IsType<UpstreamOutcome.Authenticated>(await SignInAsync()).Identity;
}

/// <param name="Timeout">For one request to the upstream.</param>
internal sealed record EidPlan(TimeSpan? Timeout = null, bool InsistsOnIssuer = false, bool Basic = false);

internal sealed class OidcEidTrip(SignInTrip trip) : EidTrip
{
    public static async Task<EidTrip> PlanAsync(EidPlan plan)
    {
        var trip = await SignInTrip.PlanAsync(s => OidcConnectorTests.National(s) with
        {
            Timeout = plan.Timeout ?? TimeSpan.FromSeconds(10), RequireIssuerParameter = plan.InsistsOnIssuer, Pkce = true,
            ClientAuthentication = plan.Basic ? Identity.Connectors.AuthorizationCode.ClientAuthenticationMethod.ClientSecretBasic : default,
        });
        OidcConnectorTests.TellNationalClaims(trip.Upstream.Userinfo);
        return new OidcEidTrip(trip);
    }

    public override IRedirectConnector Connector => trip.Connector;
    public override TestClock Clock => trip.Upstream.Clock;
    public override string Issuer => trip.Upstream.Issuer;
    public override Dictionary<string, RequestDelegate> Instead => trip.Upstream.Instead;
    public override List<string> Requests => trip.Upstream.Requests;
    public override string? LastAuthorization => trip.Upstream.LastAuthorization;
    public override Dictionary<string, string> LastTokenForm => trip.Upstream.LastTokenForm;
    public override JsonObject Person => trip.Upstream.Userinfo;
    public override IReadOnlyDictionary<string, string> ClaimOf { get; } = new Dictionary<string, string>
        { ["name"] = "HoVaTen", ["personal_number"] = "SoDinhDanh", ["birthdate"] = "NgayThangNamSinh", ["subject"] = "TechID", ["kind"] = "LoaiTaiKhoan", ["level"] = "loAs" };

    public override string Approve(Uri address) => trip.Upstream.Approve(address);
    public override ValueTask DisposeAsync() => trip.DisposeAsync();
}

internal sealed class VNeIdTrip : EidTrip
{
    private readonly HttpClient _http = new(OidcConnector.CreateHandler());

    private VNeIdTrip(FakeVNeId upstream, Func<VNeIdConnectorSettings, VNeIdConnectorSettings> change) =>
        (Upstream, Connector) = (upstream, new VNeIdConnector("quoc-gia", change(Settings(upstream.Issuer)), _http, subject => $"digest of {subject.Length} characters", upstream.Clock));

    public FakeVNeId Upstream { get; }

    public static VNeIdConnectorSettings Settings(string issuer) => new()
    {
        Issuer = issuer, ClientId = FakeUpstream.ClientId, ClientSecret = FakeUpstream.ClientSecret, PrivateKey = FakeVNeId.PrivateKey,
        AuthorizationEndpoint = new Uri($"{issuer}/authorize?tenant=1"), TokenEndpoint = new Uri($"{issuer}/token"), UserinfoEndpoint = new Uri($"{issuer}/userinfo"),
        EndSessionEndpoint = new Uri($"{issuer}/logout"), BirthdateFormat = "dd/MM/yyyy",
        AccountKinds = new Dictionary<string, ExternalSubjectKind> { ["1"] = ExternalSubjectKind.Individual, ["2"] = ExternalSubjectKind.Organisation },
        ProofingLevels = new Dictionary<string, ProofingLevel> { ["01"] = ProofingLevel.Level01, ["02"] = ProofingLevel.Level02 },
        MinimumProofing = ProofingLevel.Level02,
    };

    public static async Task<VNeIdTrip> PlanAsync(Func<VNeIdConnectorSettings, VNeIdConnectorSettings>? change = null) =>
        new(await FakeVNeId.StartAsync(), change ?? (s => s));

    public static async Task<EidTrip> PlanAsync(EidPlan plan) => await PlanAsync(s => s with
    {
        Timeout = plan.Timeout ?? TimeSpan.FromSeconds(10), RequireIssuerParameter = plan.InsistsOnIssuer,
        ClientAuthentication = plan.Basic ? Identity.Connectors.AuthorizationCode.ClientAuthenticationMethod.ClientSecretBasic : default,
    });

    public override IRedirectConnector Connector { get; }
    public override TestClock Clock => Upstream.Clock;
    public override string Issuer => Upstream.Issuer;
    public override Dictionary<string, RequestDelegate> Instead => Upstream.Instead;
    public override List<string> Requests => Upstream.Requests;
    public override string? LastAuthorization => Upstream.LastAuthorization;
    public override Dictionary<string, string> LastTokenForm => Upstream.LastTokenForm;
    public override JsonObject Person => Upstream.Person;
    public override IReadOnlyDictionary<string, string> ClaimOf { get; } = new Dictionary<string, string>
        { ["name"] = "fullName", ["personal_number"] = "citizenPid", ["birthdate"] = "birthDate", ["subject"] = "citizenPid", ["kind"] = "accountType", ["level"] = "accountLevel" };

    public override string Approve(Uri address) => Upstream.Approve(address);

    public override async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Upstream.DisposeAsync();
    }
}
