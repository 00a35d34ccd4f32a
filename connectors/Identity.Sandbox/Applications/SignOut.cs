using Identity.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Sandbox.Applications;

/// <summary>OpenID Connect RP-Initiated Logout 1.0: our own session first, then the server's.</summary>
internal sealed class SignOut(SampleApplication application, ProviderMetadata metadata, ApplicationMemory memory, ApplicationCookies cookies)
{
    public async Task<IResult> StartAsync(HttpContext http, CancellationToken ct)
    {
        if (cookies.SignOut(http) is not { } session) return new RedirectTo("/");
        if ((await metadata.GetAsync(ct)).Failed(out var problem, out var provider)) return ProblemPage.Show(application, problem);
        if (string.IsNullOrEmpty(provider.EndSessionEndpoint))
            return ProblemPage.Show(application, new("no_end_session", "Đã thoát ứng dụng, nhưng máy chủ đăng nhập không có chỗ đăng xuất."));
        return new RedirectTo(QueryHelpers.AddQueryString(provider.EndSessionEndpoint, new Dictionary<string, string?>
        {
            ["id_token_hint"] = session.Tokens.IdToken,
            ["post_logout_redirect_uri"] = application.SignedOutUrl,
            ["state"] = memory.SignOuts.Add(new(cookies.Browser(http))),
            ["client_id"] = application.Client.ClientId,
        }));
    }

    public IResult Finish(HttpContext http) =>
        memory.SignOuts.Take(http.Request.Query["state"]) is { } ticket && cookies.IsSameBrowser(http, ticket.Browser)
            ? application.Page.Show("Đã đăng xuất", Html.Of($"""<p>Bạn đã đăng xuất.</p><a class="button" href="/">Về trang đầu</a>"""))
            : ProblemPage.Show(application, new("invalid_state", "Không có lần đăng xuất nào như vậy trong trình duyệt này."));
}
