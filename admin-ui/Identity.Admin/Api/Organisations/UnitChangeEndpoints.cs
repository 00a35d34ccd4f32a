using Identity.Domain.Administration;
using Identity.Domain.Organisations;

namespace Identity.Admin.Api;

/// <summary>A unit gets another name, another place, a successor or an end; what that does is looked at before.</summary>
internal static class UnitChangeEndpoints
{
    private const string One = "/organisations/units/{id:guid}";

    public static void MapUnitChanges(this IEndpointRouteBuilder api)
    {
        api.MapPost($"{One}/changes/preview", PreviewAsync).Produces<UnitConsequences>()
            .Operation("previewUnitChange", "Whom a change of the unit would reach", new(Permission.ChangeOrganisations), 404, 413, 415, 422);
        api.MapPost($"{One}/changes", ApplyAsync).Produces(204)
            .Operation("changeUnit", "Rename, move, merge or end the unit", new(Permission.ChangeOrganisations) { NeedsIfMatch = true }, 404, 409, 412, 413, 415, 422, 428);
        api.MapGet($"{One}/history", HistoryAsync).Produces<UnitHistory>()
            .Operation("getUnitHistory", "What the unit was before, and who took over when it ended", new(Permission.ReadOrganisations), 404);
        api.MapGet($"{One}/staff", StaffAsync).Produces<StaffListing>()
            .Operation("listUnitStaff", "Posts of the personnel lists in the unit, by staff number", new(Permission.ReadOrganisations, "after"), 404);
    }

    private static async Task<IResult> PreviewAsync(Guid id, UnitChangeToMake body, HttpContext http, UnitChanges changes, CancellationToken ct)
    {
        var (refusal, consequences) = await changes.PreviewAsync(http.Actor(), id, body.Read(madeFrom: null), ct);
        return refusal is { } why ? ProblemOf(why).ToResult() : Results.Ok(consequences);
    }

    private static async Task<IResult> ApplyAsync(Guid id, UnitChangeToMake body, HttpContext http, UnitChanges changes, CancellationToken ct) =>
        await changes.ApplyAsync(http.Actor(), id, body.Read(EntityVersion.MomentOf(http.Request)), ct) is { } why ? ProblemOf(why).ToResult() : Results.NoContent();

    private static async Task<IResult> HistoryAsync(Guid id, HttpContext http, UnitView units, CancellationToken ct) =>
        await units.OpenAsync(http.Actor(), id, after: null, ct) is { } view ? Results.Ok(UnitHistory.Of(view)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> StaffAsync(Guid id, string? after, HttpContext http, UnitView units, CancellationToken ct)
    {
        if (await units.OpenAsync(http.Actor(), id, after, ct) is not { } view) return ApiProblem.NotFound.ToResult();
        http.WriteNext("after", view.Next);
        return Results.Ok(new StaffListing(view.People));
    }

    private static ApiProblem ProblemOf(UnitRefusal refusal) => refusal switch
    {
        UnitRefusal.NotThere => ApiProblem.NotFound,
        UnitRefusal.IsTheProvinces => ApiProblem.NotTheirs(refusal),
        UnitRefusal.ChangedMeanwhile => ApiProblem.Overtaken,
        UnitRefusal.HasUnitsBelow or UnitRefusal.CodeIsTaken => ApiProblem.Clashes(refusal),
        _ => ApiProblem.BreaksRule(refusal),
    };
}

/// <param name="Since">The day in Vietnam from which it is so.</param>
/// <param name="OtherCode">Of the unit above, or of the successor.</param>
/// <param name="NewCode">At the new place; none keeps it.</param>
public sealed record UnitChangeToMake(UnitDeed Deed, DateOnly Since, string? NameVi = null, string? NameEn = null, string? OtherCode = null, string? NewCode = null)
{
    public UnitChange Read(DateTimeOffset? madeFrom) => new(Deed, Since) { MadeFrom = madeFrom, NameVi = NameVi, NameEn = NameEn, OtherCode = OtherCode, NewCode = NewCode };
}

/// <summary>Also of a unit that is no more, which the list of today does not have.</summary>
public sealed record UnitHistory(Guid Id, string Code, DateTimeOffset ValidFrom, IReadOnlyList<UnitPast> Past)
{
    public DateTimeOffset? ValidTo { get; init; }
    public Guid? SuccessorId { get; init; }

    public static UnitHistory Of(UnitPageView view) => new(view.Unit.Id, view.Unit.Code, view.Unit.ValidFrom,
        [.. view.Versions.Select(v => new UnitPast(v.Code, v.NameVi, v.NameEn, v.ParentId, v.ValidFrom, v.ValidTo))]) { ValidTo = view.Unit.ValidTo, SuccessorId = view.Successor?.Id };
}

public sealed record UnitPast(string Code, string NameVi, string NameEn, Guid? ParentId, DateTimeOffset ValidFrom, DateTimeOffset ValidTo);

public sealed record StaffListing(IReadOnlyList<UnitPerson> Staff);
