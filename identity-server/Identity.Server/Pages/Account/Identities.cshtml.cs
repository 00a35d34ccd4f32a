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
            Identities = await record.IdentitiesAsync(session, ct);
            var facts = await record.FactsAsync(session.PersonId, ct);
            if (facts.Count > 0) (Details, DetailsSource, OtherDetails) = (facts[0].Facts, facts[0].Source, [.. facts.Skip(1)]);
            return Page();
        });
}

public sealed record IdentityRow(
    string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt = null, ProofingLevel? Level = null, bool InUse = false);

/// <param name="Source">Name of the way in that vouches for the facts, and where they are corrected.</param>
public sealed record SourcedFacts(string Source, IReadOnlyList<ShownFact> Facts);
