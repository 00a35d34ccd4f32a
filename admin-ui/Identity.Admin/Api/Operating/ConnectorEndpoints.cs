using Identity.Admin.SignIn;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Statistics;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Api;

/// <summary>Whether the ways to sign in work, a test of one, and its switch.</summary>
internal static class ConnectorEndpoints
{
    private const string One = "/connectors/{name}";

    public static void MapConnectors(this IEndpointRouteBuilder api)
    {
        api.MapGet("/connectors", ListAsync).Produces<ConnectorListing>()
            .Operation("listConnectors", "Ways to sign in, in the order of the sign-in page, and how each does", new(Permission.OperateConnectors));
        api.MapGet(One, GetAsync).Produces<ShownConnector>()
            .Operation("getConnector", "One way to sign in, and how many applications depend on it", new(Permission.OperateConnectors), 404);
        api.MapPost($"{One}/switch", SwitchAsync).Produces<ShownConnector>()
            .Operation("switchConnector", "On or off; who is signed in stays so", new(Permission.OperateConnectors) { NeedsIfMatch = true }, 404, 409, 412, 413, 415, 422, 428);
        api.MapPost($"{One}/test", TestAsync).Produces<ShownCheck>()
            .Operation("testConnector", "Try it as far as that goes without a person", new(Permission.OperateConnectors), 404, 409);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ConnectorDesk desk, ConnectorHealth health, CancellationToken ct)
    {
        var pulses = await health.ReadAsync(ct);
        return Results.Ok(new ConnectorListing([.. (await desk.ListAsync(http.Actor(), ct)).Select(e => ShownConnector.Of(e.Connector, pulses.GetValueOrDefault(e.Connector.Name), e.Check))]));
    }

    private static async Task<IResult> GetAsync(string name, HttpContext http, ConnectorDesk desk, ConnectorHealth health, CancellationToken ct) => await ShowAsync(name, http, desk, health, ct);

    private static async Task<IResult> SwitchAsync(string name, SwitchToTurn body, HttpContext http, ConnectorDesk desk, ConnectorHealth health, NodeSnapshot snapshot, CancellationToken ct)
    {
        if (await desk.FindAsync(http.Actor(), name, ct) is null) return ApiProblem.NotFound.ToResult();
        var refusal = await desk.SwitchAsync(http.Actor(), name, body.Enabled, EntityVersion.Of(http.Request, mayCreate: false)!.Value, body.Reason, ct);
        // The other nodes are called; this one shows what it has just done.
        await snapshot.RefreshIfStaleAsync(ct);
        return refusal is { } why ? ProblemOf(why, (await desk.FindAsync(http.Actor(), name, ct))?.Version ?? 0).ToResult() : await ShowAsync(name, http, desk, health, ct);
    }

    private static async Task<IResult> TestAsync(string name, HttpContext http, ConnectorDesk desk, ConnectorProbe probe, IOptions<AdminOptions> options, CancellationToken ct)
    {
        if (await desk.FindAsync(http.Actor(), name, ct) is null) return ApiProblem.NotFound.ToResult();
        if (await probe.TryAsync(name, options.Value.Issuer, ct) is not { } found) return ApiProblem.Untestable.ToResult();
        await desk.NoteCheckAsync(http.Actor(), found, ct);
        return (await desk.ListAsync(http.Actor(), ct)).FirstOrDefault(e => e.Connector.Name == name)?.Check is { } check ? Results.Ok(ShownCheck.Of(check)) : ApiProblem.NotFound.ToResult();
    }

    private static async Task<IResult> ShowAsync(string name, HttpContext http, ConnectorDesk desk, ConnectorHealth health, CancellationToken ct)
    {
        if (await desk.FindAsync(http.Actor(), name, ct) is not var (connector, version)) return ApiProblem.NotFound.ToResult();
        var (applications, withoutOther) = desk.DependenceOf(name);
        var check = (await desk.ListAsync(http.Actor(), ct)).FirstOrDefault(e => e.Connector.Name == name)?.Check;
        http.WriteVersion(version);
        return Results.Ok(ShownConnector.Of(connector, (await health.ReadAsync(ct)).GetValueOrDefault(name), check) with { Version = version, Applications = applications, WithoutOther = withoutOther });
    }

    private static ApiProblem ProblemOf(ConnectorRefusal refusal, int current) => refusal switch
    {
        ConnectorRefusal.Unknown => ApiProblem.NotFound,
        ConnectorRefusal.NotYours => ApiProblem.NotTheirs(refusal),
        ConnectorRefusal.ReasonIsMissing => ApiProblem.ReasonMissing,
        ConnectorRefusal.ChangedMeanwhile => ApiProblem.Stale(current),
        _ => ApiProblem.Clashes(refusal),
    };
}

public sealed record SwitchToTurn(bool Enabled, string Reason);

/// <param name="State">In the word of the screen: <c>off</c>, <c>unused</c>, <c>trouble</c>, <c>slow</c> or <c>well</c>.</param>
public sealed record ShownConnector(string Name, LocalizedText Title, ConnectorKind Kind, bool Enabled, string State)
{
    /// <summary>Left out in the list, as the next two.</summary>
    public int? Version { get; init; }

    /// <summary>How many take it, and how many of them would have no other way in.</summary>
    public int? Applications { get; init; }
    public int? WithoutOther { get; init; }

    /// <summary>Of the last quarter of an hour, in percent; left out when it is the share of a few.</summary>
    public double? SuccessPercent { get; init; }

    /// <summary>What the upstream took, in seconds, in the same time.</summary>
    public double? WaitP95 { get; init; }
    public DateTimeOffset? LastOk { get; init; }
    public ShownCheck? Check { get; init; }

    public static ShownConnector Of(ConnectorRegistration connector, ConnectorPulse? pulse, ConnectorCheck? check) =>
        new(connector.Name, connector.DisplayName, connector.Kind, connector.Enabled, ConnectorState.Of(connector, pulse))
        {
            SuccessPercent = pulse is { Lately: { Tries: > 0 } lately } && !SmallNumber.Is(lately.Tries) ? Math.Round(100 * lately.SuccessShare, 1) : null,
            WaitP95 = pulse?.WaitP95, LastOk = pulse?.LastOk, Check = check is null ? null : ShownCheck.Of(check),
        };
}

public sealed record ConnectorListing(IReadOnlyList<ShownConnector> Connectors);

public sealed record ShownCheck(DateTimeOffset At, bool Passed)
{
    public string? Detail { get; init; }

    /// <summary>Of the upstream's own certificate.</summary>
    public DateTimeOffset? CertificateUntil { get; init; }

    public static ShownCheck Of(ConnectorCheck check) => new(check.At, check.Passed) { Detail = check.Detail, CertificateUntil = check.CertificateUntil };
}
