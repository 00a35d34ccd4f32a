using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;

namespace Identity.Sandbox.VNeId;

/// <summary>The national e-ID as a portal meets it that connects directly: no ID token, no nonce, and everything encrypted for the portal's key.</summary>
internal sealed class VNeIdSite(SandboxOptions options, FailureSwitch failures, TimeProvider clock)
{
    readonly EidMemory memory = new(clock);
    readonly VNeIdEncryption encryption = new(options.VNeId);

    public void Map(RouteGroupBuilder protocol)
    {
        var authorize = new VNeIdAuthorizeEndpoint(options, memory, failures, encryption, clock);
        protocol.MapGet("/vneid/authorize", authorize.Start);
        protocol.MapPost(VNeIdAuthorizeEndpoint.DecisionPath, authorize.DecideAsync);
        protocol.MapPost("/vneid/token", new VNeIdTokenEndpoint(options.VNeId, memory, failures, encryption, clock).HandleAsync);
        protocol.MapGet("/vneid/userinfo", new VNeIdUserinfoEndpoint(memory, failures, encryption).Show);
        protocol.MapGet("/vneid/logout", (HttpContext http) => new RedirectTo(
            AuthorizeEndpoint.ReturnsTo(options.Authority, http.Request.Query["post_logout_redirect_uri"]) ? http.Request.Query["post_logout_redirect_uri"]! : "/_sandbox"));
    }
}
