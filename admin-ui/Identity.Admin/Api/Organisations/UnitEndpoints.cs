using Identity.Domain.Administration;
using Identity.Domain.Organisations;

namespace Identity.Admin.Api;

/// <summary>The tree of agencies, as far as the service account's roles reach.</summary>
internal static class UnitEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations/units", ListAsync).Produces<UnitListing>()
            .Operation("listUnits", "Units of today", new(Permission.ReadOrganisations, "after"));
        api.MapGet("/organisations/units/{id:guid}", GetAsync).Produces<OrgUnitAt>()
            .Operation("getUnit", "One unit of today", new(Permission.ReadOrganisations), 404);
    }

    private static async Task<IResult> ListAsync(string? after, HttpContext http, UnitList units, CancellationToken ct)
    {
        var page = await units.PageAsync(http.Actor(), after, ct);
        http.WriteNext("after", page.Next);
        return Results.Ok(new UnitListing(page.Units));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, UnitList units, CancellationToken ct)
    {
        if (await units.FindAsync(http.Actor(), id, ct) is not { } unit) return ApiProblem.NotFound.ToResult();
        http.Response.Headers.ETag = EntityVersion.TagOf(unit.Since);
        return Results.Ok(unit);
    }
}

public sealed record UnitListing(IReadOnlyList<OrgUnitAt> Units);
