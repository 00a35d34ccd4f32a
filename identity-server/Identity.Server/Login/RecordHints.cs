using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>What may be said about a record before anybody has proved that it is theirs.</summary>
public sealed class RecordHints(IdentityDb db, PersonDirectory people)
{
    public async Task<RecordHint?> OfAsync(Guid personId, CancellationToken ct)
    {
        var created = await db.People.Where(p => p.Id == personId).Select(p => (DateTimeOffset?)p.CreatedAt).SingleOrDefaultAsync(ct);
        if (created is not { } createdAt) return null;
        var last = await db.Sessions.Where(s => s.PersonId == personId).MaxAsync(s => (DateTimeOffset?)s.AuthenticatedAt, ct);
        var services = await db.SubjectIdentifiers.CountAsync(s => s.PersonId == personId, ct);
        var values = await people.AttributesAsync(personId, ct);
        return new(createdAt, last, services, Mask(values.GetValueOrDefault(AttributeNames.Email)));
    }

    /// <summary>First letter and domain (ux.md §3.8).</summary>
    public static string? Mask(string? address) =>
        address?.LastIndexOf('@') is > 0 and var at ? $"{address[..1]}•••{address[at..]}" : null;
}
