using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Holds a person's row until the transaction ends, so that two removals at once cannot each leave the other's way as the last one.</summary>
internal static class PersonLock
{
    public static Task HoldAsync(IdentityDb db, Guid personId, CancellationToken ct) =>
        db.People.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, p => p.Language), ct);
}
