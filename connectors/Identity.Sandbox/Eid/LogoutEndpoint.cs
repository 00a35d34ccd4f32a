using Identity.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Eid;

internal sealed class LogoutEndpoint(SandboxOptions options, EidMemory memory, EidKeys keys)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        EidCookie.End(http, memory);
        string? target = query["post_logout_redirect_uri"];
        if (string.IsNullOrEmpty(target)) return Done();
        if (!await IsOurs(query["id_token_hint"]) || !SameOrigin(target)) return SignInPage.Refuse("Không quay lại được: yêu cầu đăng xuất không hợp lệ.");
        string? state = query["state"];
        return new RedirectTo(string.IsNullOrEmpty(state) ? target : QueryHelpers.AddQueryString(target, "state", state));
    }

    static IResult Done() => SignInPage.Page.Show("Đã đăng xuất", Html.Of($"<p>Phiên định danh điện tử đã kết thúc.</p>"));

    // An expired hint still says who asks: OpenID Connect RP-Initiated Logout 1.0 §4.
    async Task<bool> IsOurs(string? hint) => !string.IsNullOrEmpty(hint) && (await new JsonWebTokenHandler().ValidateTokenAsync(hint, new()
    {
        ValidIssuer = options.EidUrl, ValidAudience = options.EidClientId, IssuerSigningKey = keys.Public,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256], ValidateLifetime = false,
    })).IsValid;

    bool SameOrigin(string target) => Uri.TryCreate(target, UriKind.Absolute, out var uri)
        && uri.GetLeftPart(UriPartial.Authority) == new Uri(options.Authority).GetLeftPart(UriPartial.Authority);
}
