using Identity.Domain.Applications;
using Identity.Domain.Storage;

namespace Identity.Server.Startup;

/// <summary>Writes down, away from every request, which secrets and keys of clients have been used.</summary>
public sealed class CredentialUseWriter(IServiceScopeFactory scopes, CredentialUses uses, ILogger<CredentialUseWriter> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await uses.WriteAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct);
    }
}
