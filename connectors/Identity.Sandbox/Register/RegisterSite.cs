namespace Identity.Sandbox.Register;

/// <summary>The business register at an address of its own.</summary>
internal sealed class RegisterSite(SandboxOptions options, TimeProvider clock) : IDisposable
{
    readonly RegisterMemory memory = new();
    readonly RegisterEvents events = new(options, clock);

    public void Map(RouteGroupBuilder site)
    {
        var endpoints = new RegisterEndpoints(options, memory, clock);
        site.MapPost("/oauth2/token", endpoints.TokenAsync);
        site.MapGet("/doanh-nghiep/{taxCode}", endpoints.CompanyAsync);
        site.MapPost("/nguoi-dai-dien/tra-cuu", endpoints.SearchAsync);
        site.MapGet("/jwks", events.Keys);

        var page = new RegisterPage(memory, events);
        site.MapGet("/", page.Show);
        site.MapPost("/_sandbox/failure", page.SetFailureAsync);
        site.MapPut("/_sandbox/failure", page.PutFailureAsync);
        site.MapPost("/_sandbox/{taxCode}", page.ChangeAsync);
        site.MapGet("/_sandbox/events", page.Sent);
    }

    public void Dispose() => events.Dispose();
}
