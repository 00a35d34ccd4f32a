using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Server.Http;
using Identity.Server.Oidc.Authorize;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>Parks a protocol's request while pages are shown, and finds it again in the browser that started it.</summary>
public sealed class ParkedRequests(PendingAuthenticationStore store, BrowserCookies cookies, ClientRegistry registry, IOptions<ProvinceOptions> province, TimeProvider clock)
{
    public const string Oidc = "oidc";

    /// <summary>Our own pages: the person wants to see their account.</summary>
    public const string Account = "account";

    public async Task<PendingAuthentication> ParkAsync(HttpContext http, WaitingRequest waiting)
    {
        var now = clock.GetUtcNow();
        var pending = new PendingAuthentication
        {
            Id = BearerSecret.NewIdentifier(),
            BrowserDigest = cookies.EnsureBrowser(http),
            Protocol = waiting.Protocol,
            ClientId = waiting.ClientId,
            Request = waiting.Request,
            LoginHint = waiting.LoginHint,
            Language = waiting.UiLocales is { Length: <= 200 } locales ? locales : null,
            ForceLogin = waiting.ForceLogin,
            CreatedAt = now,
            ExpiresAt = now + PendingAuthenticationStore.Lifetime,
        };
        AskAgain(pending, waiting);
        await store.ParkAsync(pending, http.RequestAborted);
        return pending;
    }

    /// <summary>What is still missing, for the pages that come next. The caller saves.</summary>
    public static void AskAgain(PendingAuthentication pending, WaitingRequest waiting)
    {
        if (waiting.Release is { } release) Ask(pending, release);
        if (waiting.Needed is { } needed) Require(pending, needed);
        if (waiting.Capacity is { } capacity) Settle(pending, capacity, waiting.PersonId);
    }

    /// <summary>Parks the adding of a door, or, with <paramref name="returnTo"/>, the fresh proof that one of our own pages waits for.</summary>
    public async Task<PendingAuthentication> ParkLinkingAsync(HttpContext http, Guid personId, string returnTo)
    {
        var parked = await ParkAsync(http, WaitingRequest.OfAccount(returnTo) with { ForceLogin = true });
        var pending = (await store.FindAsync(parked.Id, parked.BrowserDigest, http.RequestAborted))!;
        (pending.LinkStep, pending.LinkPersonId) = (LinkStep.ProveOld, personId);
        await store.SaveAsync(http.RequestAborted);
        return pending;
    }

    /// <summary>What the release page will show and nothing beyond it may be agreed to.</summary>
    private static void Ask(PendingAuthentication pending, ReleaseRequest release)
    {
        pending.ReleaseRequired = string.Join(' ', release.Required);
        pending.ReleaseOptional = string.Join(' ', release.Optional);
    }

    /// <summary>What the step-up page will offer ways to, and an upstream will be asked for.</summary>
    private static void Require(PendingAuthentication pending, AssuranceRequirement needed)
    {
        pending.RequiredLevel = needed.MinimumLevel;
        pending.RequiredAge = needed.MaxAge is { } age ? (int)Math.Min(age.TotalSeconds, int.MaxValue) : null;
        pending.RequiredProofing = needed.MinimumProofing;
    }

    public static AssuranceRequirement RequirementOf(PendingAuthentication pending) => new(pending.RequiredLevel ?? 0,
        pending.RequiredAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null, pending.RequiredProofing ?? ProofingLevel.SelfAsserted);

    /// <summary>What the release page shows is what is answered, whatever another tab chooses meanwhile. The caller saves.</summary>
    public static void Settle(PendingAuthentication pending, Capacity capacity, Guid? personId)
    {
        pending.CapacityAnswer = capacity.Id;
        pending.CapacityAnsweredBy = personId;
    }

    /// <summary>This browser's request, whatever its state; null when it is another browser's or forgotten.</summary>
    public async Task<PendingAuthentication?> FindAsync(HttpContext http, string id)
    {
        var pending = cookies.ReadBrowser(http) is { } browser ? await store.FindAsync(id, browser, http.RequestAborted) : null;
        BrowserCookies.Serve(http, registry.FindClient(pending?.ClientId));
        return pending;
    }

    /// <summary>This browser's request while it can still be answered.</summary>
    public async Task<PendingAuthentication?> FindOpenAsync(HttpContext http, string id) =>
        await FindAsync(http, id) is { ConcludedAt: null } pending && pending.ExpiresAt > clock.GetUtcNow() ? pending : null;

    /// <summary>Like <see cref="FindOpenAsync"/>; answers with the page that leads back to the application when there is none.</summary>
    public async Task<PendingAuthentication?> OpenOrExpiredAsync(HttpContext http, string id)
    {
        var pending = await FindOpenAsync(http, id);
        if (pending is null) http.SeeOther(LoginAddress.Page(id, "expired"));
        return pending;
    }

    public Reference NewReference() => Reference.New(province.Value.ReferencePrefix, clock.GetUtcNow());

    /// <summary>Writes down what the problem page will show; returns the reference for log and audit. The caller saves.</summary>
    public Reference Note(PendingAuthentication pending, string problem, string detail)
    {
        var reference = NewReference();
        pending.Problem = problem;
        pending.ProblemDetail = detail.Length > 1_000 ? detail[..1_000] : detail;
        pending.Reference = reference.Code;
        pending.ProblemAt = reference.At;
        return reference;
    }

    /// <summary>Where the answered pages lead: back to the protocol that asked.</summary>
    public static string ResumeAddress(PendingAuthentication pending) => pending.Protocol switch
    {
        _ when pending.LinkStep is not null => LoginAddress.Page(pending.Id, "continue"),
        Oidc => $"{AuthorizeEndpoint.ResumePath}?request={Uri.EscapeDataString(pending.Id)}",
        // Ours, written by ourselves; checked all the same, because it becomes an address (R10).
        _ => pending.Request == "/launcher" || pending.Request.StartsWith("/account/", StringComparison.Ordinal) ? pending.Request : "/account",
    };
}
