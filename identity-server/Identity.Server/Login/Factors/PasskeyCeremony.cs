using System.Buffers.Text;
using System.Text.Json;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Microsoft.AspNetCore.Identity;

namespace Identity.Server.Login.Factors;

/// <summary>
/// The two ceremonies of WebAuthn. ASP.NET Core Identity judges what a device says (§7.1, §7.2); around it stand what it leaves open:
/// a challenge is answered once, in the browser and for the purpose it was given to, and a counter only grows.
/// </summary>
public sealed class PasskeyCeremony(IPasskeyHandler<LocalAccount> handler, PasskeyChallenges challenges, Passkeys passkeys, BrowserCookies cookies, IdentityDb db)
{
    /// <summary>Options for a new passkey, as the browser takes them.</summary>
    /// <param name="name">What the device shows beside the key; it stays on the device.</param>
    public async Task<string> OfferCreationAsync(HttpContext http, PasskeyScene scene, string name)
    {
        var account = await passkeys.EnsureAccountAsync(scene.PersonId!.Value, http.RequestAborted);
        // The list of keys to exclude is read through the framework's store, which must find the account.
        await db.SaveChangesAsync(http.RequestAborted);
        var offer = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = name, DisplayName = name }, http);
        await GiveAsync(http, scene, offer.CreationOptionsJson, offer.AttestationState);
        return offer.CreationOptionsJson;
    }

    /// <summary>Options for a sign-in. Without a person no key is named, so the answer tells nobody who exists (L1).</summary>
    public async Task<string> OfferRequestAsync(HttpContext http, PasskeyScene scene)
    {
        var account = scene.PersonId is { } id ? await passkeys.EnsureAccountAsync(id, http.RequestAborted) : null;
        var offer = await handler.MakeRequestOptionsAsync(account, http);
        await GiveAsync(http, scene, offer.RequestOptionsJson, offer.AssertionState);
        return offer.RequestOptionsJson;
    }

    /// <summary>The new passkey, verified and stored; or why not.</summary>
    /// <param name="session">Binds it; how well the person is proofed there is what the passkey will vouch for.</param>
    public async Task<PasskeyFault?> RegisterAsync(HttpContext http, PasskeyScene scene, string credential, string name, Session session)
    {
        if (await TakeAsync(http, scene, credential) is not { } state) return PasskeyFault.Refused;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || !result.Passkey.IsUserVerified || result.UserEntity.Id != scene.PersonId.ToString()) return PasskeyFault.Refused;
        return await passkeys.AddAsync(scene.PersonId!.Value, result.Passkey, name, session.Proofing, new NoticeFacts { SessionId = session.Id, Device = session.Device }, http.RequestAborted) ? null : PasskeyFault.AlreadyThere;
    }

    /// <summary>Who answered, with which key. The caller saves.</summary>
    public async Task<PasskeyVerdict> AssertAsync(HttpContext http, PasskeyScene scene, string credential)
    {
        if (await TakeAsync(http, scene, credential) is not { } state) return Refused("no challenge of this place waits for that answer");
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded) return Refused(result.Failure.Message);
        if (!result.Passkey.IsUserVerified) return Refused("the device did not check who holds it");
        if (scene.PersonId is { } person && result.User.Id != person) return Refused("another person's key");
        return await passkeys.UseAsync(result.Passkey.CredentialId, result.Passkey.SignCount, http.RequestAborted) is { } used
            ? new PasskeyVerdict.Proved(used)
            : Refused("the counter did not grow: a copy of the key is in use");
    }

    private static PasskeyVerdict.Refused Refused(string detail) => new(PasskeyFault.Refused, detail);

    private Task GiveAsync(HttpContext http, PasskeyScene scene, string options, string? state)
    {
        using var json = JsonDocument.Parse(options);
        return challenges.GiveAsync(scene.Purpose, json.RootElement.GetProperty("challenge").GetString()!, cookies.EnsureBrowser(http), scene.Context, scene.PersonId, state ?? "", http.RequestAborted);
    }

    private async Task<string?> TakeAsync(HttpContext http, PasskeyScene scene, string credential) =>
        cookies.ReadBrowser(http) is { } browser && ChallengeIn(credential) is { } challenge
            ? await challenges.TakeAsync(scene.Purpose, challenge, browser, scene.Context, scene.PersonId, http.RequestAborted)
            : null;

    /// <summary>The challenge that the device says it answers. Only finds the row: the framework compares it with the one in there.</summary>
    private static string? ChallengeIn(string credential)
    {
        if (!StrictJson.TryReadObject(System.Text.Encoding.UTF8.GetBytes(credential), out var answer)) return null;
        // WebAuthn §5.1: two spellings of one thing; whoever sends two things hopes that we check one and use the other.
        if (!answer.TryGetProperty("id", out var id) || !answer.TryGetProperty("rawId", out var raw) || id.ValueKind != JsonValueKind.String || raw.ValueKind != JsonValueKind.String || !raw.ValueEquals(id.GetString())) return null;
        if (!answer.TryGetProperty("response", out var response) || response.ValueKind != JsonValueKind.Object) return null;
        if (!response.TryGetProperty("clientDataJSON", out var data) || data.ValueKind != JsonValueKind.String || !Base64Url.IsValid(data.GetString())) return null;
        if (!StrictJson.TryReadObject(Base64Url.DecodeFromChars(data.GetString()), out var client)) return null;
        return client.TryGetProperty("challenge", out var challenge) && challenge.ValueKind == JsonValueKind.String ? challenge.GetString() : null;
    }
}
