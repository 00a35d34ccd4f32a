using System.Globalization;
using System.Text.Json;
using Identity.Sandbox.Failures;
using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Eid;

/// <summary>What goes wrong for everybody, by hand or by test.</summary>
internal sealed class ControlPage(SandboxOptions options, FailureSwitch failures)
{
    public IResult Show() => SignInPage.Page.Show("Bảng điều khiển", Html.Of($"""
        <p>Đang bật: <strong>{failures.Everywhere.Entry().Vi}</strong> <span lang="en">({failures.Everywhere.Entry().En})</span></p>
        <form method="post" action="/_sandbox">
        <label for="failure">Điều gì sẽ hỏng với mọi người?</label>
        <select id="failure" name="failure">{SignInPage.Options(FailureCatalog.All, failures.Everywhere)}</select>
        <label for="slow">Lỗi "slow" chờ bao nhiêu giây?</label>
        <input id="slow" name="slowSeconds" inputmode="numeric" value="{failures.SlowSeconds}">
        <button>Áp dụng</button>
        </form>
        <h2>Các trang</h2>
        <ul>
        <li><a href="{options.PortalUrl}">Cổng dịch vụ công (mẫu)</a></li>
        <li><a href="{options.DocumentsUrl}">Quản lý văn bản (mẫu)</a></li>
        <li><a href="{options.Authority}">Máy chủ đang được thử</a></li>
        <li><a href="/oidc/logout">Kết thúc phiên định danh điện tử trong trình duyệt này</a></li>
        </ul>
        <h2>Các lỗi</h2>
        <dl>{Html.Each(FailureCatalog.All, f => Html.Of($"""<dt>{f.Name}</dt><dd>{f.Vi}<br><span lang="en" class="muted">{f.En}</span></dd>"""))}</dl>
        """));

    public async Task<IResult> SubmitAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        return Apply(form["failure"], form["slowSeconds"]) ? new RedirectTo("/_sandbox") : SignInPage.Refuse("Không có lỗi tên như vậy.");
    }

    public IResult Current() => Results.Json(new { failure = failures.Everywhere.Entry().Name, slowSeconds = failures.SlowSeconds });

    public async Task<IResult> SetAsync(HttpContext http, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: ct);
            if (body.RootElement.ValueKind != JsonValueKind.Object) return Results.BadRequest();
            return Apply(Text(body.RootElement, "failure"), Text(body.RootElement, "slowSeconds")) ? Current() : Results.BadRequest();
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }

    bool Apply(string? name, string? slowSeconds)
    {
        if (FailureCatalog.Find(name) is not { } entry) return false;
        failures.Everywhere = entry.Failure;
        if (int.TryParse(slowSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) failures.SlowSeconds = seconds;
        return true;
    }

    static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.ToString() : null;
}
