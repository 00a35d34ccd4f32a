using Identity.Domain.Settings;
using Identity.Protocols.Jose;
using Identity.Server.Http;
using Identity.Server.Oidc.Authorize;
using Identity.Server.Oidc.ClientAuthentication;
using Identity.Server.Oidc.Discovery;
using Identity.Server.Oidc.Introspection;
using Identity.Server.Oidc.Logout;
using Identity.Server.Oidc.Revocation;
using Identity.Server.Oidc.Token;
using Identity.Server.Oidc.Tokens;
using Identity.Server.Oidc.UserInfo;
using Identity.Server.Pages.Logout;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Identity.Server.Oidc;

/// <summary>OpenID Connect as a whole: what it consists of, and where it answers.</summary>
public static class OidcSetup
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] GetAndPost = [HttpMethods.Get, HttpMethods.Post];

    public static WebApplicationBuilder AddOidc(this WebApplicationBuilder app)
    {
        var loopbackMayBePlain = app.Environment.IsDevelopment();
        app.Services.AddSettings<OidcOptions>(OidcOptions.Section)
            .Validate(o => o.Issuer.Length == 0 || IssuerRule.IsSound(o.Issuer, loopbackMayBePlain), IssuerRule.Message);
        app.Services.TryAddScoped<ErrorPage>();
        AddAuthorize(app.Services);
        AddToken(app.Services);
        AddRest(app.Services);
        AddLogout(app.Services);
        return app;
    }

    public static WebApplication MapOidc(this WebApplication app)
    {
        app.MapMethods(DiscoveryEndpoint.Path, GetAndHead, DiscoveryEndpoint.HandleAsync);
        app.MapMethods(DiscoveryEndpoint.OAuthPath, GetAndHead, DiscoveryEndpoint.HandleAsync);
        app.MapMethods(JwksEndpoint.Path, GetAndHead, JwksEndpoint.HandleAsync);
        app.MapMethods(AuthorizeEndpoint.Path, GetAndPost, (HttpContext http, AuthorizeEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapGet(AuthorizeEndpoint.ResumePath, (HttpContext http, AuthorizeEndpoint endpoint) => endpoint.ResumeAsync(http));
        app.MapPost(TokenEndpoint.Path, TokenEndpoint.HandleAsync);
        app.MapMethods(UserInfoEndpoint.Path, GetAndPost, UserInfoEndpoint.HandleAsync);
        app.MapPost(IntrospectionEndpoint.Path, IntrospectionEndpoint.HandleAsync);
        app.MapPost(RevocationEndpoint.Path, RevocationEndpoint.HandleAsync);
        app.MapMethods(EndSessionEndpoint.Path, GetAndPost, EndSessionEndpoint.HandleAsync);
        return app;
    }

    private static void AddAuthorize(IServiceCollection services) => services
        .AddScoped<AuthorizeRequestReader>().AddScoped<IdTokenHint>()
        .AddScoped<AuthorizeEndpoint>().AddScoped<AuthorizeRequirements>().AddScoped<AuthorizePages>().AddScoped<BouncedRequests>()
        .AddScoped<AuthorizeAnswer>()
        .AddScoped<AuthorizeResponse>();

    private static void AddToken(IServiceCollection services)
    {
        services.AddScoped<TokenEndpoint>().AddScoped<TokenAudit>().AddScoped<GrantGate>()
            .AddScoped<AuthorizationCodeGrant>().AddScoped<RefreshTokenGrant>().AddScoped<ClientCredentialsGrant>()
            .AddScoped<ClientAuthenticator>().AddScoped<ClientAssertion>().AddSingleton<ClientKeys>().AddSingleton<ClientKeyLook>()
            .AddScoped<TokenIssuer>().AddScoped<ClaimsRelease>().AddScoped<AccessTokenReader>().AddSingleton<VerifiedTokens>();
        services.AddGuardedClient(ClientKeys.HttpClientName, ClientKeys.Timeout, JsonWebKeySet.MaximumBytes);
    }

    private static void AddRest(IServiceCollection services) => services
        .AddSingleton<DiscoveryDocument>().AddSingleton<DiscoveryEndpoint>().AddSingleton<JwksEndpoint>()
        .AddScoped<EndpointRefusals>()
        .AddScoped<UserInfoEndpoint>()
        .AddScoped<IntrospectionEndpoint>().AddScoped<TokenIntrospection>()
        .AddScoped<RevocationEndpoint>();

    private static void AddLogout(IServiceCollection services)
    {
        services.AddScoped<EndSessionEndpoint>().AddScoped<EndSessionRequestReader>().AddScoped<LogoutFlow>().AddScoped<LogoutReport>()
            .AddSingleton<LogoutToken>().AddSingleton<LogoutCourier>().AddSingleton<LogoutSignal>()
            .AddHostedService<LogoutDeliveryWorker>();
        services.AddGuardedClient(LogoutCourier.HttpClientName, LogoutCourier.Timeout, LogoutCourier.MaximumBytes);
    }
}
