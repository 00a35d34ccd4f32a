using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Delegation;

/// <summary>Where mandates are given, answered and ended. Each step commits with its audit row; the row count of one statement is the verdict.</summary>
public sealed class MandateOffice(IdentityDb db, CapacityDirectory capacities, CapacityVisits visits, NoticeBoard notices, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Gives nothing yet: the grantee has to accept.</summary>
    /// <param name="accepted">The grantee has said yes already, to an invitation.</param>
    public async Task<MandateOutcome> GiveAsync(MandateTerms terms, bool accepted, CancellationToken ct)
    {
        var (mandate, fault) = await DraftAsync(terms, accepted, ct);
        if (fault is { } why) return new MandateOutcome.Refused(why);
        db.Mandates.Add(mandate!);
        trail.Add("mandate.given", personId: terms.GrantorId, detail: Describe(mandate!));
        if (accepted) trail.Add("mandate.accepted", personId: terms.GranteeId, detail: mandate!.Id.ToString());
        await TellAsync(mandate!, NoticeKind.MandateGiven, [terms.GrantorId, terms.GranteeId], null, ct);
        await db.SaveChangesAsync(ct);
        return new MandateOutcome.Given(mandate!);
    }

    /// <summary>What the terms come to, without keeping it; for a page that wants to say no before an invitation goes out.</summary>
    public async Task<MandateFault?> FaultOfAsync(MandateTerms terms, CancellationToken ct) => (await DraftAsync(terms, accepted: false, ct)).Fault;

    /// <summary>True for the grantee's first yes to a mandate that still stands.</summary>
    public async Task<bool> AcceptAsync(Guid mandateId, Guid granteeId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Mandates.Where(m => m.Id == mandateId && m.GranteeId == granteeId && m.AcceptedAt == null && m.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.AcceptedAt, now), ct) == 0) return false;
        trail.Add("mandate.accepted", personId: granteeId, detail: mandateId.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// Either side may, at any time and without a reason; so may whoever gave a step above, the represented person, and the officers
    /// of the represented business. False for everybody else, and when it had ended.
    /// </summary>
    public async Task<bool> WithdrawAsync(Guid mandateId, Guid byPerson, CancellationToken ct)
    {
        if (await capacities.FindMandateAsync(mandateId, ct) is not { } held || !await MayEndAsync(held, byPerson, ct)) return false;
        var reason = held.Mandate.GranteeId != byPerson ? StandingEndReason.Withdrawn : held.Mandate.AcceptedAt is null ? "declined" : StandingEndReason.LaidDown;
        return await EndAsync(mandateId, reason, byPerson, ct);
    }

    /// <summary>By an operator, or by whoever watches what a mandate hangs on.</summary>
    public async Task<bool> EndAsync(Guid mandateId, string reason, Guid? byPerson, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Mandates.Where(m => m.Id == mandateId && m.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.EndedAt, now).SetProperty(m => m.EndReason, reason), ct) == 0) return false;
        var ended = await db.Mandates.AsNoTracking().SingleAsync(m => m.Id == mandateId, ct);
        var below = await EndBelowAsync(mandateId, now, ct);
        await visits.EndAsync([.. below.Append(mandateId).Select(Capacity.IdOfMandate)], "mandate_ended", ct);
        trail.Add("mandate.ended", reason, byPerson, detail: $"{mandateId}, with {below.Count} below it");
        await TellAsync(ended, NoticeKind.MandateEnded, [ended.GrantorId, ended.GranteeId], null, ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// Somebody is about to act by this right. The first time is told to those in whose name it happens; what is done for another human
    /// stands in that human's own history each time.
    /// </summary>
    public async Task NoteUseAsync(Capacity capacity, Guid personId, string clientId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (capacity.MandateId is { } mandateId) await NoteMandateAsync(capacity, mandateId, personId, clientId, now, ct);
        else if (Capacity.Parse(capacity.Id).Standing is { } standing)
            await db.Affiliations.Where(a => a.Id == standing).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastUsedAt, now), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task NoteMandateAsync(Capacity capacity, Guid mandateId, Guid personId, string clientId, DateTimeOffset? now, CancellationToken ct)
    {
        var isFirst = await db.Mandates.Where(m => m.Id == mandateId && m.FirstUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.FirstUsedAt, now), ct) == 1;
        if (isFirst)
        {
            var mandate = await db.Mandates.AsNoTracking().SingleAsync(m => m.Id == mandateId, ct);
            trail.Add("mandate.first_used", personId: mandate.GrantorId, clientId: clientId, detail: mandateId.ToString());
            await TellAsync(mandate, NoticeKind.MandateUsedFirst, [mandate.GrantorId, mandate.RepresentedPersonId ?? mandate.GrantorId], clientId, ct);
        }
        if (capacity.Party.Kind == PartyKind.Person) trail.Add("mandate.used", personId: capacity.Party.Id, clientId: clientId, detail: $"{mandateId} by person {personId}");
    }

    private async Task TellAsync(Mandate mandate, NoticeKind kind, IEnumerable<Guid> people, string? clientId, CancellationToken ct)
    {
        var party = (await capacities.PartiesAsync([], [mandate], ct)).Values.Single();
        foreach (var person in people.Distinct())
            await notices.TellAsync(person, kind, new() { ClientId = clientId, About = mandate.Id, Organisation = party.Name }, ct);
    }

    private async Task<(Mandate? Mandate, MandateFault? Fault)> DraftAsync(MandateTerms terms, bool accepted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (standing, parent) = await SourceAsync(terms, ct);
        if (terms.FromCapacity != Capacity.SelfId && standing is null && parent is null) return (null, MandateFault.NotHeld);
        var mandate = Draft(terms, standing, parent, accepted ? now : null, now);
        if (MandateRules.Check(mandate) is { } unsound) return (null, unsound);
        if (terms.GranteeId != Guid.Empty && await db.People.Where(p => p.Id == terms.GranteeId).Select(p => (PersonStatus?)p.Status).SingleOrDefaultAsync(ct) != PersonStatus.Active)
            return (null, MandateFault.Party);
        return (mandate, parent is null ? RootFault(mandate, standing, now) : StepFault(mandate, parent, now));
    }

    private static MandateFault? RootFault(Mandate mandate, Affiliation? standing, DateTimeOffset now) =>
        MandateRules.CheckRoot(mandate, standing)
        ?? (standing is { } held && !held.IsLiveAt(now) ? MandateFault.NotLive : standing?.ValidTo < mandate.ValidTo ? MandateFault.Duration : null);

    private static MandateFault? StepFault(Mandate mandate, HeldMandate parent, DateTimeOffset now) =>
        CapacityRules.Judge(parent, now) is not null ? MandateFault.NotLive
        : MandateRules.CheckStep(parent.Mandate, mandate)
        ?? (MandateRules.IsWithoutRepetition([mandate, .. parent.Chain]) ? null : MandateFault.Repetition);

    private async Task<(Affiliation? Standing, HeldMandate? Parent)> SourceAsync(MandateTerms terms, CancellationToken ct)
    {
        var (standing, mandate) = Capacity.Parse(terms.FromCapacity);
        if (standing is not null) return (await db.Affiliations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == standing && a.PersonId == terms.GrantorId, ct), null);
        if (mandate is not { } id || await capacities.FindMandateAsync(id, ct) is not { } held) return (null, null);
        return held.Mandate.GranteeId == terms.GrantorId ? (null, held) : (null, null);
    }

    private static Mandate Draft(MandateTerms terms, Affiliation? standing, HeldMandate? parent, DateTimeOffset? acceptedAt, DateTimeOffset now) => new()
    {
        GrantorId = terms.GrantorId,
        GranteeId = terms.GranteeId,
        RepresentedPersonId = parent?.Mandate.RepresentedPersonId ?? (standing is null && parent is null ? terms.GrantorId : null),
        OrganisationId = standing?.OrganisationId ?? parent?.Mandate.OrganisationId,
        OrgUnitId = standing?.OrgUnitId ?? parent?.Mandate.OrgUnitId,
        GrantorAffiliationId = standing?.Id,
        ParentId = parent?.Mandate.Id,
        Services = Tidy(terms.Services),
        Roles = Tidy(terms.Roles),
        Parameters = terms.Parameters,
        FurtherSteps = terms.FurtherSteps,
        Strength = parent?.Mandate.Strength ?? MandateRules.StrengthFrom(standing?.Strength ?? RepresentationStrength.RegisteredOfficer),
        Evidence = terms.Evidence,
        ValidFrom = terms.ValidFrom,
        ValidTo = terms.ValidTo,
        CreatedAt = now,
        AcceptedAt = acceptedAt,
    };

    private async Task<bool> MayEndAsync(HeldMandate held, Guid person, CancellationToken ct)
    {
        if (held.Mandate.GranteeId == person || held.Mandate.RepresentedPersonId == person || held.Chain.Any(step => step.GrantorId == person)) return true;
        if (held.Mandate.OrganisationId is not { } organisation) return false;
        var now = clock.GetUtcNow();
        return (await db.Affiliations.AsNoTracking().Where(a => a.PersonId == person && a.OrganisationId == organisation && a.EndedAt == null).ToListAsync(ct))
            .Exists(a => a.IsLiveAt(now) && MandateRules.MayGive(a));
    }

    private async Task<List<Guid>> EndBelowAsync(Guid mandateId, DateTimeOffset? now, CancellationToken ct)
    {
        List<Guid> ended = [];
        List<Guid> step = [mandateId];
        while (step.Count > 0)
        {
            var above = step;
            step = await db.Mandates.Where(m => m.ParentId != null && above.Contains(m.ParentId.Value) && m.EndedAt == null).Select(m => m.Id).ToListAsync(ct);
            var below = step;
            await db.Mandates.Where(m => below.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.EndedAt, now).SetProperty(m => m.EndReason, "above_ended"), ct);
            ended.AddRange(step);
        }
        return ended;
    }

    private static string? Tidy(string? words) => words is null ? null : string.Join(' ', MandateRules.Words(words).Distinct().Order(StringComparer.Ordinal));

    private static string Describe(Mandate mandate) =>
        $"{mandate.Id} for {(mandate.OrganisationId is { } organisation ? $"organisation {organisation}" : $"person {mandate.RepresentedPersonId}")}, services {mandate.Services ?? "all"}, steps {mandate.FurtherSteps}";
}

/// <summary>What is to be given, and from which capacity of the grantor.</summary>
/// <param name="GranteeId">Empty while only an invitation is thought of.</param>
/// <param name="FromCapacity"><c>self</c>, a standing as registered officer, or a mandate that allows further steps.</param>
/// <param name="Services">Client ids, space-separated; null for every service.</param>
public sealed record MandateTerms(Guid GrantorId, Guid GranteeId, string FromCapacity, DateTimeOffset ValidFrom, DateTimeOffset ValidTo)
{
    public string? Services { get; init; }
    public string? Roles { get; init; }
    public string? Parameters { get; init; }
    public int FurtherSteps { get; init; }
    public string? Evidence { get; init; }
}

public abstract record MandateOutcome
{
    private MandateOutcome() { }
    public sealed record Given(Mandate Mandate) : MandateOutcome;
    public sealed record Refused(MandateFault Why) : MandateOutcome;
}
