using System.Globalization;
using System.Text.Json;
using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Applications;

internal sealed class HomePage(
    SampleApplication application, ProviderMetadata metadata, SessionMaker sessions, ApplicationMemory memory, ApplicationCookies cookies)
{
    static readonly string[] Facts = ["sub", "subject_type", "act", "capacity", "acr", "amr", "auth_time", "sid"];

    public IResult Show(HttpContext http) => cookies.Session(http) is { } session
        ? application.Page.Show($"Xin chào {session.Name}", SignedIn(session))
        : application.Page.Show(application.Name, Html.Of($"""
            <p>Bạn chưa đăng nhập.</p>
            <a class="button" href="/signin">Đăng nhập</a>
            {Messages()}
            """));

    /// <summary>The same facts for a test, so that it need not read the page.</summary>
    public IResult State(HttpContext http) => Results.Json(cookies.Session(http) is not { } session
        ? new { signedIn = false }
        : (object)new
        {
            signedIn = true, sub = session.Subject, sid = session.Sid, name = session.Name,
            hasRefreshToken = session.Tokens.RefreshToken is not null, claims = session.Claims, userinfo = session.Userinfo,
        });

    public async Task<IResult> RefreshAsync(HttpContext http, CancellationToken ct)
    {
        if (cookies.Session(http) is not { Tokens.RefreshToken: not null } session) return new RedirectTo("/");
        if ((await metadata.GetAsync(ct)).Failed(out var problem, out var provider)) return ProblemPage.Show(application, problem);
        if ((await sessions.RenewAsync(provider, session, ct)).Failed(out problem, out var renewed)) return ProblemPage.Show(application, problem);
        cookies.SignIn(http, renewed);
        return new RedirectTo("/");
    }

    Html SignedIn(ApplicationSession session) => Html.Of($"""
        {Persona(session)}
        <dl>{Html.Each(Facts, f => Html.Of($"<dt>{f}</dt><dd>{session[f] ?? "(không có)"}</dd>"))}</dl>
        <div class="row">
        <form method="post" action="/signout"><button>Đăng xuất</button></form>
        <a class="button plain" href="/signin?prompt=login">Xác thực lại</a>
        {(session.Tokens.RefreshToken is null ? Html.Empty : new Html("""<form method="post" action="/refresh"><button class="plain">Làm mới token</button></form>"""))}
        {(application.HasProtectedDocument ? Html.Of($"<a class=\"button plain\" href=\"{ProtectedDocument.Path}\">Mở văn bản cần hai bước</a>") : Html.Empty)}
        {Html.Each(application.Others, other => Html.Of($"<a class=\"button plain\" href=\"{other.Url}\">Mở {other.Name}</a>"))}
        </div>
        {Table("id-token", "ID token", session.Claims)}
        {Table("userinfo", "Userinfo", session.Userinfo)}
        {Messages()}
        """);

    /// <summary>For whom, on every page, with the way to change it: prompt=select_account keeps the sign-in and asks again.</summary>
    Html Persona(ApplicationSession session) => !application.HasCapacities ? Html.Empty : Html.Of($"""
        <p class="persona">Bạn đang làm việc thay mặt: <strong>{session.ActingFor ?? "chính bạn"}</strong> · <a href="/signin?prompt=select_account">Đổi tư cách</a></p>
        """);

    static Html Table(string id, string name, JsonElement claims) => Html.Of($"""
        <h2 id="{id}">{name}</h2>
        <div class="scroll" role="region" aria-labelledby="{id}" tabindex="0"><table>
        <thead><tr><th scope="col">Tên</th><th scope="col">Giá trị</th></tr></thead>
        <tbody>{Html.Each(claims.EnumerateObject(), c => Html.Of($"""<tr><th scope="row">{c.Name}</th><td>{c.Value.ToString()}</td></tr>"""))}</tbody>
        </table></div>
        """);

    Html Messages() => Html.Of($"""
        <h2>Thông báo đăng xuất từ máy chủ</h2>
        {(memory.Messages.IsEmpty ? new Html("<p>Chưa nhận thông báo nào.</p>") : Html.Of($"<ul>{Html.Each(memory.Messages.Reverse(), Line)}</ul>"))}
        """);

    static Html Line(LogoutMessage message) =>
        Html.Of($"<li>{message.At.ToString("u", CultureInfo.InvariantCulture)}: {message.Result} (sid {message.Sid ?? "không có"})</li>");
}
