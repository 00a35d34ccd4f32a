using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>The second pair of eyes: judges what somebody else asks for, with a reason that leads on.</summary>
public sealed class ReviewDesk(IdentityDb db, ApplicationAccess access, ProductionProposals proposals, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Longer is a letter, not a comment.</summary>
    public const int LongestText = 1_000;

    public Task<ApplicationOutcome> ApproveAsync(AdminActor actor, Guid id, ReadRequest read, CancellationToken ct) => DecideAsync(actor, id, read, new Verdict(RequestState.Approved), ct);

    public Task<ApplicationOutcome> RefuseAsync(AdminActor actor, Guid id, ReadRequest read, string reason, string nextStep, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason) ? Task.FromResult<ApplicationOutcome>(ApplicationRefusal.ReasonIsMissing)
        : string.IsNullOrWhiteSpace(nextStep) ? Task.FromResult<ApplicationOutcome>(ApplicationRefusal.NextStepIsMissing)
        : DecideAsync(actor, id, read, new Verdict(RequestState.Refused) { Reason = Cut(reason), NextStep = Cut(nextStep) }, ct);

    /// <summary>By either side, at one item of the checklist.</summary>
    public Task<ApplicationOutcome> CommentAsync(AdminActor actor, Guid id, ReviewItem item, string text, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.View, async reached =>
    {
        if (!reached.May(ApplicationRights.Review) && !reached.May(ApplicationRights.Own)) return ApplicationRefusal.NotAllowed;
        if (string.IsNullOrWhiteSpace(text)) return ApplicationRefusal.TextIsMissing;
        if (await proposals.PendingAsync(id, ct) is not { } request) return ApplicationRefusal.NoOpenRequest;
        db.ReviewComments.Add(new() { RequestId = request.Id, Item = item, PersonId = actor.Holder, FromReviewer = reached.May(ApplicationRights.Review), Text = Cut(text), At = clock.GetUtcNow() });
        audit.Add("application.commented", personId: actor.Human, clientId: reached.Application.SandboxClientId, detail: $"{id} request {request.Id} {item}");
        return new ApplicationOutcome.Done(id);
    }, ct);

    public async Task<ProductionRequest?> LatestAsync(ReachedApplication reached, CancellationToken ct) =>
        await db.ProductionRequests.AsNoTracking().Where(r => r.ApplicationId == reached.Application.Id).OrderByDescending(r => r.RequestedAt).FirstOrDefaultAsync(ct);

    public Task<List<ReviewComment>> CommentsAsync(Guid requestId, CancellationToken ct) =>
        db.ReviewComments.AsNoTracking().Where(c => c.RequestId == requestId).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);

    /// <summary>What waits for a reviewer, the most urgent first. One's own is there too, and cannot be decided.</summary>
    /// <param name="after">The last request of the page before, decided since or not. All that is asked in one day is due at one moment: the moment alone would lose what a page has no room for.</param>
    public async Task<IReadOnlyList<WaitingRequest>> QueueAsync(AdminActor actor, Guid? after, int most, CancellationToken ct)
    {
        var open = db.ProductionRequests.AsNoTracking().Where(r => r.State == RequestState.Open);
        if (after is { } last && await db.ProductionRequests.Where(r => r.Id == last).Select(r => (DateTimeOffset?)r.DueAt).SingleOrDefaultAsync(ct) is { } due)
            open = open.Where(r => r.DueAt > due || (r.DueAt == due && r.Id > last));
        var applications = db.Applications.AsNoTracking();
        if (await access.ReachAsync(actor, Permission.ReviewApplications, ct) is { } units) applications = applications.Where(a => units.Contains(a.UnitId));
        var rows = from request in open
                   join application in applications on request.ApplicationId equals application.Id
                   orderby request.DueAt, request.Id
                   select new WaitingRequest(request.Id, application.Id, application.NameVi, application.NameEn, request.RequestedAt, request.DueAt) { IsYours = request.RequestedBy == actor.Holder };
        return await rows.Take(most).ToListAsync(ct);
    }

    private Task<ApplicationOutcome> DecideAsync(AdminActor actor, Guid id, ReadRequest read, Verdict verdict, CancellationToken ct) =>
        access.ChangeAsync(actor, id, ApplicationRights.View, async reached =>
        {
            if (await proposals.PendingAsync(id, ct) is not { State: RequestState.Open } request) return ApplicationRefusal.NoOpenRequest;
            if (request.RequestedBy == actor.Holder) return ApplicationRefusal.OwnRequest;
            if (!reached.May(ApplicationRights.Review)) return ApplicationRefusal.NotAllowed;
            if (await proposals.OfAsync(reached.Application, request, ct) is not { } proposal) return ApplicationRefusal.NotThere;
            if (read != ReadRequest.Of(request, proposal)) return ApplicationRefusal.IsNotWhatWasRead;
            (request.State, request.DecidedBy, request.DecidedAt, request.Reason, request.NextStep) = (verdict.State, actor.PersonId, clock.GetUtcNow(), verdict.Reason, verdict.NextStep);
            request.ProposalDigest = read.Digest;
            reached.Application.State = verdict.State == RequestState.Approved ? ApplicationState.Approved
                : reached.Application.ProductionClientId is null ? ApplicationState.Sandbox : ApplicationState.Live;
            audit.Add(verdict.State == RequestState.Approved ? "application.approved" : "application.turned_down", personId: actor.Human, clientId: reached.Application.SandboxClientId, detail: $"{id} request {request.Id}");
            return new ApplicationOutcome.Done(id);
        }, ct);

    private static string Cut(string text) => text.Trim() is var trimmed && trimmed.Length > LongestText ? trimmed[..LongestText] : trimmed;

    private sealed record Verdict(RequestState State)
    {
        public string? Reason { get; init; }
        public string? NextStep { get; init; }
    }
}

public sealed record WaitingRequest(Guid Id, Guid ApplicationId, string NameVi, string NameEn, DateTimeOffset RequestedAt, DateTimeOffset DueAt)
{
    public bool IsYours { get; init; }
}
