using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class IdentitiesModel : AccountPage
{
    public IReadOnlyList<ShownFact> Details { get; set; } = [];

    /// <summary>Where <see cref="Details"/> come from and are corrected.</summary>
    public string? DetailsSource { get; set; }

    public IReadOnlyList<SourcedFacts> OtherDetails { get; set; } = [];

    public IReadOnlyList<IdentityRow> Identities { get; set; } = [];

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] PersonRecord record, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Notice = AccountDone.Read(HttpContext);
            Identities = await record.IdentitiesAsync(session, ct);
            var facts = await record.FactsAsync(session.PersonId, ct);
            if (facts.Count > 0) (Details, DetailsSource, OtherDetails) = (facts[0].Facts, facts[0].Source, [.. facts.Skip(1)]);
            return Page();
        });

    /// <param name="main">The account that is to be the main one of two at one provider.</param>
    public Task<IActionResult> OnPostAsync([FromForm] Guid main, [FromServices] AccountDoor door, [FromServices] Doors doors, [FromServices] IdentityDb db) =>
        door.EnterAsync(HttpContext, async session =>
        {
            var changed = await doors.MakeMainAsync(session.PersonId, main, CancellationToken.None);
            await db.SaveChangesAsync();
            return AccountDone.Show(HttpContext, "/account/identities", changed ? AccountNotice.MainDoorChanged : null);
        });
}

public sealed record IdentityRow(
    string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt = null, ProofingLevel? Level = null, bool InUse = false)
{
    /// <summary>Null when there is nothing here that could be taken away.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>Disputed: it signs nobody in until an official has looked.</summary>
    public bool Frozen { get; init; }

    public DoorPlace Place { get; init; }
}

/// <summary>Among the person's accounts at one provider.</summary>
public enum DoorPlace
{
    Only,
    Main,
    Secondary,
}

/// <param name="Source">Name of the way in that vouches for the facts, and where they are corrected.</param>
public sealed record SourcedFacts(string Source, IReadOnlyList<ShownFact> Facts);
