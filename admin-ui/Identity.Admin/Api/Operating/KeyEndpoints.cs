using Identity.Domain.Administration;
using Identity.Domain.Keys;

namespace Identity.Admin.Api;

/// <summary>Keys that sign tokens, and a rotation that is looked at before it is done. To withdraw one in an emergency takes two people.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", ListAsync).Produces<KeyListing>()
            .Operation("listKeys", "Signing keys that are published, and the last ones that were", new(Permission.RotateKeys));
        api.MapPost("/keys/rotation/preview", Preview).Produces<ShownKeyPlan>()
            .Operation("previewRotation", "What a rotation would do, and when", new(Permission.RotateKeys), 413, 415, 422);
        api.MapPost("/keys/rotation", RotateAsync).Produces<KeyListing>()
            .Operation("rotateKey", "Publish the next key now; it signs later", new(Permission.RotateKeys), 409, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(HttpContext http, KeyOffice office, CancellationToken ct) => Results.Ok(new KeyListing(await office.ListAsync(http.Actor(), ct)));

    private static IResult Preview(RotationToPreview body, KeyOffice office) =>
        KeyOffice.IsAnnouncement(TimeSpan.FromHours(body.AfterHours)) ? Results.Ok(ShownKeyPlan.Of(office.Plan(TimeSpan.FromHours(body.AfterHours)))) : ApiProblem.BreaksRule(KeyRefusal.TimeDoesNotFit).ToResult();

    private static async Task<IResult> RotateAsync(RotationToMake body, HttpContext http, KeyOffice office, CancellationToken ct) =>
        await office.RotateAsync(http.Actor(), new KeyOrder(body.Algorithm, TimeSpan.FromHours(body.AfterHours), body.Reason), body.NewestKeyId, ct) switch
        {
            null => await ListAsync(http, office, ct),
            KeyRefusal.NotYours => ApiProblem.NotTheirs(KeyRefusal.NotYours).ToResult(),
            KeyRefusal.ReasonIsMissing => ApiProblem.ReasonMissing.ToResult(),
            KeyRefusal.ChangedMeanwhile => ApiProblem.Clashes(KeyRefusal.ChangedMeanwhile).ToResult(),
            { } refusal => ApiProblem.BreaksRule(refusal).ToResult(),
        };
}

public sealed record KeyListing(IReadOnlyList<KeyEntry> Keys);

public sealed record RotationToPreview(int AfterHours);

/// <param name="AfterHours">Published now, it signs after so many hours.</param>
/// <param name="NewestKeyId">Of this algorithm, as the list has it: another one means that somebody, or the timetable, was faster.</param>
public sealed record RotationToMake(string Algorithm, int AfterHours, string Reason, string? NewestKeyId = null);

/// <param name="OldUntil">Until then tokens of the old key can be checked with the published set.</param>
/// <param name="CacheLimitHours">Whoever keeps the published keys longer than this refuses the first tokens of the new one.</param>
public sealed record ShownKeyPlan(DateTimeOffset SignsFrom, DateTimeOffset OldUntil, double CacheLimitHours)
{
    public static ShownKeyPlan Of(KeyPlan plan) => new(plan.SignsFrom, plan.OldUntil, plan.CacheLimit.TotalHours);
}
