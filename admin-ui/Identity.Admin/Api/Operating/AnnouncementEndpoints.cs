using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Domain.Clients;

namespace Identity.Admin.Api;

/// <summary>What the province says on its sign-in page. The banner of an incident is an announcement that names a connector.</summary>
internal static class AnnouncementEndpoints
{
    private const string One = "/announcements/{id:guid}";

    public static void MapAnnouncements(this IEndpointRouteBuilder api)
    {
        api.MapGet("/announcements", ListAsync).Produces<AnnouncementListing>()
            .Operation("listAnnouncements", "Said, or about to be said, the newest first", new(Permission.Announce, "after"));
        api.MapGet(One, GetAsync).Produces<ShownAnnouncement>()
            .Operation("getAnnouncement", "One announcement", new(Permission.Announce), 404);
        api.MapPost("/announcements", AddAsync).Produces<ShownAnnouncement>(201)
            .Operation("addAnnouncement", "Say something, in both languages and with an end", new(Permission.Announce), 413, 415, 422);
        api.MapPut(One, ChangeAsync).Produces<ShownAnnouncement>()
            .Operation("changeAnnouncement", "Say it otherwise", new(Permission.Announce) { NeedsIfMatch = true }, 404, 412, 413, 415, 422, 428);
        api.MapPost($"{One}/ending", EndAsync).Produces<ShownAnnouncement>()
            .Operation("endAnnouncement", "Over now; it stays in the list", new(Permission.Announce), 404);
    }

    private static async Task<IResult> ListAsync(Guid? after, HttpContext http, AnnouncementDesk desk, CancellationToken ct)
    {
        var found = await desk.ListAsync(http.Actor(), after, ct);
        var page = found.Take(AnnouncementDesk.PageSize).ToList();
        http.WriteNext("after", found.Count > page.Count ? $"{page[^1].Id}" : null);
        return Results.Ok(new AnnouncementListing([.. page.Select(ShownAnnouncement.Of)]));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, AnnouncementDesk desk, CancellationToken ct) => await ShowAsync(id, http, desk, ct);

    private static async Task<IResult> AddAsync(AnnouncementToMake body, HttpContext http, AnnouncementDesk desk, CancellationToken ct)
    {
        var draft = body.Draft();
        if (await desk.AddAsync(http.Actor(), draft, ct) is { } refusal) return ProblemOf(refusal, 0).ToResult();
        http.Response.Headers.Location = $"{ApiSetup.Root}/announcements/{draft.Id}";
        return await ShowAsync(draft.Id, http, desk, ct, 201);
    }

    private static async Task<IResult> ChangeAsync(Guid id, AnnouncementToMake body, HttpContext http, AnnouncementDesk desk, CancellationToken ct)
    {
        if (await desk.ChangeAsync(http.Actor(), id, EntityVersion.Of(http.Request, mayCreate: false)!.Value, body.Draft(), ct) is not { } refusal) return await ShowAsync(id, http, desk, ct);
        return ProblemOf(refusal, (await desk.FindAsync(http.Actor(), id, ct))?.Version ?? 0).ToResult();
    }

    private static async Task<IResult> EndAsync(Guid id, HttpContext http, AnnouncementDesk desk, CancellationToken ct) =>
        await desk.EndAsync(http.Actor(), id, ct) is { } refusal ? ProblemOf(refusal, 0).ToResult() : await ShowAsync(id, http, desk, ct);

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, AnnouncementDesk desk, CancellationToken ct, int status = 200)
    {
        if (await desk.FindAsync(http.Actor(), id, ct) is not { } found) return ApiProblem.NotFound.ToResult();
        http.WriteVersion(found.Version);
        return Results.Json(ShownAnnouncement.Of(found), statusCode: status);
    }

    private static ApiProblem ProblemOf(AnnouncementRefusal refusal, int current) => refusal switch
    {
        AnnouncementRefusal.Unknown => ApiProblem.NotFound,
        AnnouncementRefusal.NotYours => ApiProblem.NotTheirs(refusal),
        AnnouncementRefusal.ChangedMeanwhile => ApiProblem.Stale(current),
        _ => ApiProblem.BreaksRule(refusal),
    };
}

/// <param name="Connector">Only where this way to sign in is offered: an incident of it.</param>
public sealed record AnnouncementToMake(LocalizedText Text, DateTimeOffset StartsAt, DateTimeOffset EndsAt, AnnouncementAudience Audience = AnnouncementAudience.Everybody, string? Connector = null, string? ClientId = null)
{
    public AnnouncementDraft Draft() => new(new(VisibleText.OneLine(Text.Vi), VisibleText.OneLine(Text.En)), Audience, StartsAt, EndsAt) { Connector = Connector, ClientId = ClientId };
}

public sealed record ShownAnnouncement(Guid Id, int Version, LocalizedText Text, AnnouncementAudience Audience, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string CreatedBy, DateTimeOffset CreatedAt)
{
    public string? Connector { get; init; }
    public string? ClientId { get; init; }

    public static ShownAnnouncement Of(Announcement a) => new(a.Id, a.Version, a.Text, a.Audience, a.StartsAt, a.EndsAt, a.CreatedBy, a.CreatedAt) { Connector = a.Connector, ClientId = a.ClientId };
}

public sealed record AnnouncementListing(IReadOnlyList<ShownAnnouncement> Announcements);
