using Identity.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Sandbox.Applications;

/// <summary>
/// One deed that needs more than the sign-in did: the application looks at the acr that it has, and asks for the missing step by an
/// essential claim (OpenID Connect Core §5.5.1.1). As a mere wish, acr_values, it would change nothing.
/// </summary>
internal sealed class ProtectedDocument(SampleApplication application, ApplicationCookies cookies)
{
    public const string Path = "/protected";

    static readonly string[] Enough = ["urn:vn:eid:auth:2", "urn:vn:eid:auth:3", "urn:vn:eid:auth:4"];
    static readonly string StepUp = QueryHelpers.AddQueryString("/signin", new Dictionary<string, string?>
    {
        ["return"] = Path,
        ["claims"] = """{"id_token":{"acr":{"essential":true,"value":"urn:vn:eid:auth:2"}}}""",
    });

    public IResult Show(HttpContext http)
    {
        if (cookies.Session(http) is not { } session) return new RedirectTo("/");
        return Enough.Contains(session["acr"]) ? application.Page.Show("Văn bản cần hai bước", Document(session)) : application.Page.Show("Cần xác nhận thêm một bước", Ask(session));
    }

    static Html Document(ApplicationSession session) => Html.Of($"""
        <p>Công văn mẫu số 01: nội dung giả, để thử việc xác nhận thêm một bước trong khi đang đăng nhập.</p>
        <dl><dt>acr</dt><dd>{session["acr"]}</dd><dt>amr</dt><dd>{session["amr"]}</dd><dt>auth_time</dt><dd>{session["auth_time"]}</dd><dt>sid</dt><dd>{session["sid"]}</dd></dl>
        <a class="button plain" href="/">Về trang đầu</a>
        """);

    static Html Ask(ApplicationSession session) => Html.Of($"""
        <p>Văn bản này chỉ mở sau hai bước xác nhận. Lần đăng nhập này mới có: <code>{session["acr"]}</code>.</p>
        <a class="button" href="{StepUp}">Xác nhận thêm để mở</a>
        <a class="button plain" href="/">Về trang đầu</a>
        """);
}
