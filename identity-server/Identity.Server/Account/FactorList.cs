using Identity.Domain.Factors;
using Identity.Server.Pages.Account;

namespace Identity.Server.Account;

/// <summary>A person's own methods, as their page lists them.</summary>
public sealed class FactorList(Passkeys passkeys, TotpApps apps, RecoveryCodes codes)
{
    public async Task<FactorRows> ReadAsync(Guid personId, CancellationToken ct) => new(
        [.. (await passkeys.ListAsync(personId, ct)).Select(p => new FactorRow(FactorKind.Passkey, p.Id, p.Name, p.AddedAt, p.LastUsedAt))],
        [.. (await apps.ListAsync(personId, ct)).Select(a => new FactorRow(FactorKind.App, a.Id, a.Name, a.AddedAt, a.LastUsedAt))],
        await codes.CountLeftAsync(personId, ct),
        await codes.MadeAtAsync(personId, ct));
}
