using Identity.Sandbox.Failures;
using Identity.Sandbox.VNeId;

namespace Identity.Sandbox.Eid;

/// <summary>The national e-ID as provinces meet it: OpenID Connect under WSO2-shaped paths, claims with Vietnamese names.</summary>
internal sealed class EidSite(SandboxOptions options, TimeProvider clock)
{
    readonly FailureSwitch failures = new(options.SlowSeconds);
    readonly EidMemory memory = new(clock);
    readonly EidKeys keys = new();

    public void Map(RouteGroupBuilder site)
    {
        MapProtocol(site);
        var control = new ControlPage(options, failures);
        site.MapGet("/", () => Results.Redirect("/_sandbox"));
        site.MapGet("/_sandbox", control.Show);
        site.MapPost("/_sandbox", control.SubmitAsync);
        site.MapGet("/_sandbox/failure", control.Current);
        site.MapPut("/_sandbox/failure", control.SetAsync);
    }

    void MapProtocol(RouteGroupBuilder site)
    {
        var protocol = site.MapGroup("").AddEndpointFilter(async (call, next) =>
            failures.Everywhere == Failure.Down ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : await next(call));
        var discovery = new Discovery(options.EidUrl);
        foreach (var path in Discovery.Paths) protocol.MapGet(path, discovery.Show);
        protocol.MapGet("/oauth2/jwks", keys.Publish);

        var authorize = new AuthorizeEndpoint(options, memory, failures, clock);
        protocol.MapGet("/oauth2/authorize", authorize.Start);
        protocol.MapPost("/oauth2/authorize/decision", authorize.DecideAsync);
        protocol.MapPost("/oauth2/token", new TokenEndpoint(options, memory, new IdTokens(options, keys, clock), failures, clock).HandleAsync);
        var userinfo = new UserinfoEndpoint(memory, failures);
        protocol.MapMethods("/oauth2/userinfo", ["GET", "POST"], userinfo.Show);
        protocol.MapPost("/oauth2/introspect", new IntrospectEndpoint(options, memory).HandleAsync);
        new VNeIdSite(options, failures, clock).Map(protocol);
        protocol.MapGet("/oidc/logout", (Delegate)new LogoutEndpoint(options, memory, keys).HandleAsync);
    }
}
