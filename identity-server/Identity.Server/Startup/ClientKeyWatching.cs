using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Server.Oidc.ClientAuthentication;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that claimed them looks at the addresses of keys that are due. Apart from the letters, which must not wait for servers of others.</summary>
public sealed class ClientKeyWatching(IServiceScopeFactory scopes, ClientKeyLook look, ILogger<ClientKeyWatching> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
        var watches = scope.ServiceProvider.GetRequiredService<ClientKeyWatches>();
        foreach (var client in await watches.ClaimAsync(ct)) await watches.NoteAsync(await look.AtAsync(client, ct), ct);
    }
}
