using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Api;

/// <summary>The trail: read, proved, taken out of the house. Each of the three is a row of the trail.</summary>
internal static class AuditEndpoints
{
    private static readonly string[] Conditions = ["from", "to", "actor", "event", "person", "client", "session", "outcome"];

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit/rows", SearchAsync).Produces<AuditListing>()
            .Operation("searchAudit", "Rows of a span of time, newest first", new(Permission.ReadAudit, [.. Conditions, "after"]));
        api.MapGet("/audit/rows/{sequence:long}", GetAsync).Produces<AuditEvent>()
            .Operation("getAuditRow", "One row", new(Permission.ReadAudit), 404);
        api.MapGet("/audit/export", ExportAsync).Produces(200, contentType: "application/zip")
            .Operation("exportAudit", "The rows of a search as a file, with a manifest", new(Permission.ReadAudit, [.. Conditions, "format"]));
        api.MapGet("/audit/state", StateAsync).Produces<AuditState>()
            .Operation("getAuditState", "What is sealed, and what the last check found", new(Permission.ReadAudit), 404);
        api.MapPost("/audit/verification", VerifyAsync).Produces<AuditReport>()
            .Operation("verifyAudit", "Check the newest blocks now", new(Permission.ReadAudit), 404);
    }

    private static async Task<IResult> SearchAsync([AsParameters] AuditConditions conditions, long? after, HttpContext http, AuditSearch search, TimeProvider clock, CancellationToken ct)
    {
        if (conditions.Read(clock.GetUtcNow()) is not { IsSound: true } query) return AuditConditions.Problem.ToResult();
        var (rows, olderThan) = await search.ReadAsync(http.Actor(), query, after, ct);
        http.WriteNext("after", olderThan is { } next ? $"{next}" : null);
        return Results.Ok(new AuditListing(rows));
    }

    private static async Task<IResult> GetAsync(long sequence, HttpContext http, AuditSearch search, CancellationToken ct) =>
        await search.FindAsync(http.Actor(), sequence, ct) is { } row ? Results.Ok(row) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> ExportAsync([AsParameters] AuditConditions conditions, string? format, HttpContext http, AuditSelection selection, TimeProvider clock, CancellationToken ct)
    {
        if (!WireWord.TryRead<AuditFormat>(format, out var wanted)) return ApiProblem.BadParameter("format").ToResult();
        if (conditions.Read(clock.GetUtcNow()) is not { IsSound: true } query) return AuditConditions.Problem.ToResult();
        return Results.Stream(await selection.WriteAsync(http.Actor(), query, wanted ?? AuditFormat.Json, ct), "application/zip", "audit.zip");
    }

    /// <summary>The seals are of the whole trail, so they are the province's alone.</summary>
    private static async Task<IResult> StateAsync(HttpContext http, AuditChecks checks, CancellationToken ct) =>
        http.Actor().May(Permission.ReadAudit) ? Results.Ok(await checks.StateAsync(ct)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> VerifyAsync(HttpContext http, AuditChecks checks, CancellationToken ct) =>
        http.Actor().May(Permission.ReadAudit) ? Results.Ok(await checks.VerifyAsync(ct)) : ApiProblem.NotFound.ToResult();
}

/// <summary>The screen's search; a span is of instants, as a machine counts time.</summary>
public sealed record AuditConditions(
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "actor")] string? Actor,
    [FromQuery(Name = "event")] string? Event,
    [FromQuery(Name = "person")] Guid? Person,
    [FromQuery(Name = "client")] string? Client,
    [FromQuery(Name = "session")] Guid? Session,
    [FromQuery(Name = "outcome")] string? Outcome)
{
    private static readonly TimeSpan UsualSpan = TimeSpan.FromDays(2);

    internal static ApiProblem Problem { get; } = ApiProblem.BadParameter("from, to or outcome");

    internal AuditQuery Read(DateTimeOffset now)
    {
        var to = To ?? (From is { } begin ? begin + UsualSpan : now);
        return new AuditQuery(From ?? to - UsualSpan, to) { Actor = Actor, Event = Event, PersonId = Person, ClientId = Client, SessionId = Session, Outcome = Outcome };
    }
}

public sealed record AuditListing(IReadOnlyList<AuditEvent> Rows);
