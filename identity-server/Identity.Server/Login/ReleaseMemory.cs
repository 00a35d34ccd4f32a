using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>What people have agreed to, or been told, per application. An answer counts as long as it covers everything that would be released now, and as long as the words that it was given to stand.</summary>
public sealed class ReleaseMemory(IdentityDb db, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The decision that holds for this request, or null when the page is due.</summary>
    public static ReleaseDecision? Settled(SignedIn signedIn, LoginRequirements needs, PendingAuthentication? pending)
    {
        if (needs.Client.DataRelease == DataRelease.None) return ReleaseDecision.Unrestricted;
        if (needs.Release.IsEmpty) return ReleaseDecision.OnlyIdentifier;
        if (pending?.ReleaseAnswer is { } answer && pending.ReleaseAnsweredBy == signedIn.Session.PersonId) return new ReleaseDecision(answer);
        if (needs.Release.Force || needs.Client.RememberReleaseDays == 0) return null;
        return signedIn.Consent is { } remembered && Covers(remembered, needs.Client, needs.Release) ? new ReleaseDecision(remembered.Claims) : null;
    }

    /// <summary>
    /// The version of the registration whose words a page of this node shows. By its text, because this node may not have read the newest
    /// version yet; the newest when none says just that, for a newer server writes in other words what an older one has stored.
    /// </summary>
    public async Task<int> VersionShownAsync(Client client, CancellationToken ct)
    {
        var words = ConfigurationWriter.Write(client);
        var versions = db.ConfigurationVersions.Where(v => v.Kind == ConfigurationStore.ClientKind && v.Name == client.ClientId);
        return await versions.Where(v => v.Document == words).MaxAsync(v => (int?)v.Version, ct) ?? await versions.MaxAsync(v => (int?)v.Version, ct) ?? 0;
    }

    /// <summary>Keeps the proof. The caller saves.</summary>
    public async Task AgreeAsync(Guid personId, Client client, PendingAuthentication pending, IReadOnlyCollection<string> ticked, string language, CancellationToken ct)
    {
        var required = Words(pending.ReleaseRequired);
        var optional = Words(pending.ReleaseOptional);
        // Only what the page offered can be agreed to, whatever the form says.
        var agreed = required.Concat(optional.Intersect(ticked)).Order(StringComparer.Ordinal).ToList();
        var notified = agreed.Where(client.IsByLaw).ToList();
        var declined = optional.Except(agreed).Order(StringComparer.Ordinal).ToList();
        var now = clock.GetUtcNow();
        db.Consents.Add(new()
        {
            PersonId = personId,
            ClientId = client.ClientId,
            Claims = string.Join(' ', agreed),
            Declined = string.Join(' ', declined),
            Notified = string.Join(' ', notified),
            Kind = WireNames.DataReleases.Of(notified.Count == agreed.Count + declined.Count ? DataRelease.Notice : DataRelease.Consent),
            ClientVersion = await VersionShownAsync(client, ct),
            WordsDigest = ReleaseWords.DigestOf(client, required.Concat(optional), language),
            Language = language,
            GrantedAt = now,
            ExpiresAt = client.RememberReleaseDays == 0 ? now : now.AddDays(client.RememberReleaseDays),
        });
        trail.Add("release.agreed", personId: personId, clientId: client.ClientId,
            detail: $"notice={string.Join(',', notified)} consent={string.Join(',', agreed.Except(notified))} declined={string.Join(',', declined)}");
        pending.ReleaseAnswer = string.Join(' ', agreed);
        pending.ReleaseAnsweredBy = personId;
    }

    private static bool Covers(Consent consent, Client client, ReleaseRequest wanted)
    {
        var agreed = Words(consent.Claims);
        var known = agreed.Concat(Words(consent.Declined)).ToHashSet();
        // Another purpose, statute or time is another question.
        if (consent.WordsDigest != ReleaseWords.DigestOf(client, known, consent.Language)) return false;
        if (!wanted.Required.Concat(wanted.Optional).All(known.Contains) || !wanted.Required.All(agreed.Contains)) return false;
        // Who was told because a statute ordered it has agreed to nothing.
        var onlyTold = consent.Notified is null ? consent.Kind == WireNames.DataReleases.Of(DataRelease.Notice) ? agreed : [] : Words(consent.Notified);
        return !wanted.Required.Except(wanted.ByLaw).Concat(wanted.Optional).Any(onlyTold.Contains);
    }

    private static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <param name="Claims">Claim names that may be released, space-separated; null means no page applies to this client.</param>
public sealed record ReleaseDecision(string? Claims)
{
    public static readonly ReleaseDecision Unrestricted = new((string?)null);
    public static readonly ReleaseDecision OnlyIdentifier = new("");
}
