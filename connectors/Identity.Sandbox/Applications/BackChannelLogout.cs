using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Identity.Sandbox.Applications;

/// <summary>OpenID Connect Back-Channel Logout 1.0 §2.6 and §2.8.</summary>
internal sealed class BackChannelLogout(TokenJudge judge, ApplicationMemory memory, TimeProvider clock)
{
    const string Event = "http://schemas.openid.net/event/backchannel-logout";
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Refuse("form", null);
        string? message = (await http.Request.ReadFormAsync(ct))["logout_token"];
        if (string.IsNullOrEmpty(message)) return Refuse("logout_token", null);
        // Anybody may post here: until the signature holds, nothing of the message is shown.
        if ((await judge.ReadAsync(message, ["logout+jwt", "JWT"], ct)).Failed(out var problem, out var token)) return Refuse(problem.Description, null);
        var sid = Claim(token, "sid");
        if (Wrong(token, sid) is { } claim) return Refuse(claim, sid);
        var ended = memory.Sessions.RemoveWhere(s => (sid is null || s.Sid == sid)
            && (string.IsNullOrEmpty(token.Subject) || s.Subject == token.Subject));
        memory.Note($"ok: {ended}", sid);
        return Results.Ok();   // also when nobody was signed in here: the outcome is what the server wants
    }

    string? Wrong(JsonWebToken token, string? sid)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (token.IssuedAt < now - Fresh || token.IssuedAt > now + Fresh) return "iat";
        if (string.IsNullOrEmpty(token.Id)) return "jti";
        if (sid is null && string.IsNullOrEmpty(token.Subject)) return "sub, sid";
        if (!token.TryGetPayloadValue<JsonElement>("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout) || logout.ValueKind != JsonValueKind.Object) return "events";
        return token.TryGetPayloadValue<object>("nonce", out _) ? "nonce" : null;   // an ID token must never pass for this
    }

    IResult Refuse(string what, string? sid)
    {
        memory.Note($"từ chối: {what}", sid);
        return Results.Json(new { error = "invalid_request", error_description = what }, statusCode: StatusCodes.Status400BadRequest);
    }

    static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
