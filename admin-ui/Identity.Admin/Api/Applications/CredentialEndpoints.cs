using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Admin.Api;

/// <summary>What an application proves itself with. A new secret leaves in the answer that it was made by, once; no answer with one is kept.</summary>
internal static class CredentialEndpoints
{
    private const string One = "/applications/{id:guid}/credentials/{environment}";

    private static readonly ApiOperation Write = new(Permission.OwnApplications) { NeedsIfMatch = true };

    public static void MapCredentials(this IEndpointRouteBuilder api)
    {
        api.MapGet(One, GetAsync).Produces<ShownCredentials>()
            .Operation("getCredentials", "Secrets and keys of sandbox or production: when they end, when and from where they were last used", new(Permission.ReadApplications), 404);
        api.MapPost($"{One}/secrets", AddAsync).Produces<MadeSecret>(201)
            .Operation("addSecret", "A second secret; its value is given this one time", Write with { IsForgotten = true }, 404, 409, 412, 428);
        api.MapPost($"{One}/secrets/{{digest}}/ending", EndAsync).Produces<ShownCredentials>()
            .Operation("endSecret", "End a secret now, or at a moment that everybody can prepare for", Write, 404, 409, 412, 413, 415, 422, 428);
        api.MapPut($"{One}/keys", KeysAsync).Produces<ShownCredentials>()
            .Operation("setKeys", "Public keys beside those that are there, or the address where the application publishes them; in production it waits for a second person", Write, 404, 409, 412, 413, 415, 422, 428);
        api.MapPost($"{One}/keys", MakeAsync).Produces<MadeKey>(201)
            .Operation("makeKey", "A pair that is made here, beside the keys that are there; its private half is given this one time", Write with { IsForgotten = true }, 404, 409, 412, 428);
        api.MapPost($"{One}/keys/{{thumbprint}}/ending", EndKeyAsync).Produces<ShownCredentials>()
            .Operation("endKey", "End a key now, or at a moment that everybody can prepare for", Write, 404, 409, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> GetAsync(Guid id, string environment, HttpContext http, CredentialServices services, CancellationToken ct) => await ShowAsync(id, environment, http, services, ct);

    private static async Task<IResult> AddAsync(Guid id, string environment, HttpContext http, CredentialServices services, CancellationToken ct) =>
        await ChangeAsync(id, environment, http, services, place => services.Keys.AddSecretAsync(http.Actor(), place, ct), done => new MadeSecret(done.Secret!), ct);

    private static async Task<IResult> EndAsync(Guid id, string environment, string digest, CredentialToEnd body, HttpContext http, CredentialServices services, CancellationToken ct) =>
        await ChangeAsync(id, environment, http, services, place => body.At is { } at ? services.Keys.EndSecretAsync(http.Actor(), place, digest, at, ct)
            : services.Keys.RevokeSecretAsync(http.Actor(), place, digest, body.ThoughUsedLately, ct), made: null, ct);

    private static async Task<IResult> KeysAsync(Guid id, string environment, KeysToSet body, HttpContext http, CredentialServices services, CancellationToken ct) =>
        await ChangeAsync(id, environment, http, services, place => body switch
        {
            { JwksUri: { } address, Jwks: null } => services.Keys.UseJwksUriAsync(http.Actor(), place with { Force = body.ThoughUsedLately }, address, ct),
            { JwksUri: null, Jwks: { } keys } => services.Keys.UseKeyAsync(http.Actor(), place with { Force = body.ThoughUsedLately }, keys.GetRawText(), ct),
            _ => Task.FromResult<ApplicationOutcome>(ApplicationRefusal.KeyIsUnsound),
        }, made: null, ct);

    private static async Task<IResult> MakeAsync(Guid id, string environment, HttpContext http, CredentialServices services, CancellationToken ct) =>
        await ChangeAsync(id, environment, http, services, place => services.Keys.MakeKeyAsync(http.Actor(), place, ct), done => new MadeKey(JsonElement.Parse(done.Secret!)) { Waits = done.Waits }, ct);

    private static async Task<IResult> EndKeyAsync(Guid id, string environment, string thumbprint, CredentialToEnd body, HttpContext http, CredentialServices services, CancellationToken ct) =>
        await ChangeAsync(id, environment, http, services, place => body.At is { } at ? services.Keys.EndKeyAsync(http.Actor(), place, thumbprint, at, ct)
            : services.Keys.RetireKeyAsync(http.Actor(), place, thumbprint, body.ThoughUsedLately, ct), made: null, ct);

    /// <param name="made">What is given once; null where the answer shows what stands.</param>
    private static async Task<IResult> ChangeAsync(Guid id, string environment, HttpContext http, CredentialServices services, Func<KeyPlace, Task<ApplicationOutcome>> change, Func<ApplicationOutcome.Done, object>? made, CancellationToken ct)
    {
        if (Read(environment) is not { } wanted) return ApiProblem.NotFound.ToResult();
        var outcome = await change(new KeyPlace(id, wanted, EntityVersion.Of(http.Request, mayCreate: false)!.Value));
        var ring = await services.Access.FindAsync(http.Actor(), id, ct) is { } reached ? await services.Keys.RingAsync(reached.Application, wanted, ct) : null;
        if (ApplicationProblems.Of(outcome, ring?.Stored.Version ?? 0) is { } problem) return problem.ToResult();
        if (made is null || ring is null) return await ShowAsync(id, environment, http, services, ct);
        http.WriteVersion(ring.Stored.Version);
        return Results.Json(made((ApplicationOutcome.Done)outcome), statusCode: 201);
    }

    private static async Task<IResult> ShowAsync(Guid id, string environment, HttpContext http, CredentialServices services, CancellationToken ct)
    {
        if (Read(environment) is not { } wanted || await services.Access.FindAsync(http.Actor(), id, ct) is not { } reached) return ApiProblem.NotFound.ToResult();
        if (await services.Keys.RingAsync(reached.Application, wanted, ct) is not { } ring) return ApiProblem.NotFound.ToResult();
        http.WriteVersion(ring.Stored.Version);
        return Results.Ok(ShownCredentials.Of(ring, wanted == ClientEnvironment.Production && (await services.Proposals.OpenAsync(reached, ct)).Count > 0));
    }

    private static ClientEnvironment? Read(string environment) => WireWord.TryRead<ClientEnvironment>(environment, out var known) ? known : null;
}

/// <summary>What credentials are read and changed with.</summary>
internal sealed record CredentialServices(ApplicationAccess Access, ApplicationKeys Keys, KeyProposals Proposals);
