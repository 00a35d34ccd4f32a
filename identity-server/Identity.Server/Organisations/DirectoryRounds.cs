using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Identity.Server.Startup;
using Microsoft.Extensions.Options;

namespace Identity.Server.Organisations;

/// <summary>Reads the mail directories and has them compared with the record. Of all nodes, the first one in each period does it.</summary>
public sealed class DirectoryRounds(IServiceScopeFactory scopes, ClientRegistry registry, LogoutSignal logout, IOptions<StaffOptions> options, TimeProvider clock, ILogger<DirectoryRounds> log)
    : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);
    private const int PageSize = 500;

    /// <summary>On demand, whatever the timetable says. Null: the directory could not be read to its end, and nothing was changed.</summary>
    public async Task<DirectoryVerdict?> ReconcileAsync(ConnectorRegistration directory, bool allowMany, CancellationToken ct)
    {
        var mailboxes = new Dictionary<string, bool>(StringComparer.Ordinal);
        var failed = await ConnectorCatalog.DirectoryOf(directory, clock).ReadAsync(PageSize, (page, _) =>
        {
            foreach (var entry in page) mailboxes[entry.Id] = entry.IsDisabled;
            return Task.CompletedTask;
        }, ct);
        if (failed is { Why: var why, Detail: var detail })
        {
            log.DirectoryNotRead(directory.Name, why, detail);
            return null;
        }
        await using var scope = NewScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<DirectoryReconciliation>().ReconcileAsync([directory.Name, .. DependantsOf(directory)], mailboxes, allowMany, ct);
        if (verdict.IsRefused) log.DirectoryRefused(directory.Name);
        if (verdict.Closed > 0) logout.Raise();
        return verdict;
    }

    /// <summary>Directories that can be listed: ldap rows with an account that may search.</summary>
    public IEnumerable<ConnectorRegistration> Directories() =>
        registry.Document.Connectors.Where(c => c is { Enabled: true, Protocol: ConnectorProtocol.Ldap } && c.Settings.TryGetProperty("bind_dn", out _));

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var directory in Directories())
            if (await IsOursAsync(directory.Name, ct)) await ReconcileAsync(directory, allowMany: false, ct);
    }

    /// <summary>The period's number is a one-time value: whoever writes it first has the round.</summary>
    private async Task<bool> IsOursAsync(string directory, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var round = (now.Ticks / options.Value.ReconcileEvery.Ticks).ToString(CultureInfo.InvariantCulture);
        await using var scope = NewScope();
        return await scope.ServiceProvider.GetRequiredService<ReplayGuard>().IsFirstUseAsync("directory_round", directory, round, now + 2 * options.Value.ReconcileEvery, ct);
    }

    private IEnumerable<string> DependantsOf(ConnectorRegistration directory) => registry.Document.Connectors.Where(c => c.DirectoryName == directory.Name).Select(c => c.Name);

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "directory";
        return scope;
    }
}
