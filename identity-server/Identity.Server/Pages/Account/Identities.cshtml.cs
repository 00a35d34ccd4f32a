using Identity.Domain.Factors;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

public sealed class IdentitiesModel : AccountPage
{
    private const string Address = "/account/identities";

    public IReadOnlyList<ShownFact> Details { get; set; } = [];

    /// <summary>Where <see cref="Details"/> come from and are corrected.</summary>
    public string? DetailsSource { get; set; }

    public IReadOnlyList<SourcedFacts> OtherDetails { get; set; } = [];

    public IReadOnlyList<IdentityRow> Identities { get; set; } = [];

    /// <summary>Passkeys, apps and codes of the person's own.</summary>
    public FactorRows Factors { get; set; } = FactorRows.None;

    /// <summary>Somebody wanted to remove the only door; it is still there.</summary>
    public bool IsLastWayIn { get; set; }

    /// <summary>When a running recovery may be used; null when none runs.</summary>
    public DateTimeOffset? RecoveryAt { get; set; }

    /// <summary>A sign-in that waited for a set-up and can go on now.</summary>
    public string? ContinueTo { get; set; }

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] PersonRecord record, [FromServices] FactorList factors, [FromServices] FactorVisit visit, [FromServices] RecoveryRequests recoveries,
        [FromQuery(Name = "for")] string? waiting = null, string? kept = null, CancellationToken ct = default) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Notice = AccountDone.Read(HttpContext);
            IsLastWayIn = kept == "last";
            Identities = await record.IdentitiesAsync(session, ct);
            Factors = await factors.ReadAsync(session.PersonId, ct) with { OnSharedComputer = SharedComputer };
            RecoveryAt = (await recoveries.RunningAsync(session.PersonId, ct))?.RipeAt;
            if (await visit.WaitingAsync(this, waiting) is { } pending) ContinueTo = ParkedRequests.ResumeAddress(pending);
            var facts = await record.FactsAsync(session.PersonId, ct);
            if (facts.Count > 0) (Details, DetailsSource, OtherDetails) = (facts[0].Facts, facts[0].Source, [.. facts.Skip(1)]);
            return Page();
        });

    /// <param name="main">The account that is to be the main one of two at one provider.</param>
    public Task<IActionResult> OnPostMainAsync([FromForm] Guid main, [FromServices] AccountDoor door, [FromServices] Doors doors, [FromServices] IdentityDb db) =>
        door.EnterAsync(HttpContext, async session =>
        {
            var changed = await doors.MakeMainAsync(session.PersonId, main, CancellationToken.None);
            await db.SaveChangesAsync();
            return AccountDone.Show(HttpContext, Address, changed ? AccountNotice.MainDoorChanged : null);
        });

    /// <summary>No second factor is asked of whoever stops a recovery.</summary>
    public Task<IActionResult> OnPostStopAsync([FromServices] AccountDoor door, [FromServices] RecoveryRequests recoveries) =>
        door.EnterAsync(HttpContext, async session =>
        {
            await recoveries.CancelAsync(session.PersonId, HttpContext.RequestAborted);
            return AccountDone.Show(HttpContext, Address, AccountNotice.RecoveryStopped);
        });

    /// <param name="do">What to do with it: <c>rename</c> or <c>remove</c>.</param>
    public Task<IActionResult> OnPostAsync([FromForm] FactorKind kind, [FromForm] Guid id, [FromForm] string? name, [FromForm] string? @do, [FromServices] AccountDoor door,
        [FromServices] PersonFactors factors, [FromServices] Passkeys passkeys, [FromServices] TotpApps apps) =>
        door.EnterFreshAsync(HttpContext, Address, async session =>
        {
            var ct = HttpContext.RequestAborted;
            if (@do == "rename")
            {
                var text = FactorVisit.NameOr(name, HttpContext);
                if (kind == FactorKind.Passkey) await passkeys.RenameAsync(session.PersonId, id, text, ct);
                else await apps.RenameAsync(session.PersonId, id, text, ct);
                return AccountDone.Show(HttpContext, Address, AccountNotice.FactorRenamed);
            }
            var outcome = kind switch
            {
                FactorKind.Passkey => await factors.RemovePasskeyAsync(session.PersonId, id, FactorVisit.From(session), ct),
                FactorKind.App => await factors.RemoveTotpAsync(session.PersonId, id, FactorVisit.From(session), ct),
                _ => await factors.RemoveCodesAsync(session.PersonId, FactorVisit.From(session), ct),
            };
            return outcome == RemovalOutcome.LastWayIn
                ? AccountDone.Show(HttpContext, $"{Address}?kept=last", null)
                : AccountDone.Show(HttpContext, Address, AccountNotice.FactorRemoved);
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
