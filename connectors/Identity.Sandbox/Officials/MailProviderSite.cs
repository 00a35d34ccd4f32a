using System.Security.Cryptography;
using System.Text;
using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;
using Identity.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Officials;

/// <summary>A mail provider as an agency buys it: plain OpenID Connect with discovery, everything in the ID token, a page of its own to sign in at.</summary>
internal sealed class MailProviderSite(SandboxOptions options, FailureSwitch failures, TimeProvider clock)
{
    /// <summary>What this provider calls a password and a code.</summary>
    public const string TwoSteps = "urn:mau:hai-buoc";

    static readonly Page Page = new("Thư công vụ xã (giả lập)", "mail");
    readonly EidKeys keys = new();
    readonly ShortLived<Asked> requests = new(TimeSpan.FromMinutes(30), clock);
    readonly ShortLived<Granted> codes = new(TimeSpan.FromMinutes(1), clock);
    readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public void Map(RouteGroupBuilder site)
    {
        site.MapGet("/", Control);
        site.MapPost("/_sandbox", ApplyAsync);
        var protocol = site.MapGroup("").AddEndpointFilter(async (call, next) =>
            failures.Everywhere == Failure.Down ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : await next(call));
        protocol.MapGet("/.well-known/openid-configuration", Discover);
        protocol.MapGet("/jwks", keys.Publish);
        protocol.MapGet("/authorize", Ask);
        protocol.MapPost("/authorize/decision", DecideAsync);
        protocol.MapPost("/token", RedeemAsync);
    }

    IResult Discover() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = options.MailProviderUrl,
        ["authorization_endpoint"] = $"{options.MailProviderUrl}/authorize",
        ["token_endpoint"] = $"{options.MailProviderUrl}/token",
        ["jwks_uri"] = $"{options.MailProviderUrl}/jwks",
        ["response_types_supported"] = List("code"),
        ["subject_types_supported"] = List("public"),
        ["id_token_signing_alg_values_supported"] = List("RS256"),
        ["token_endpoint_auth_methods_supported"] = List("client_secret_post"),
        ["code_challenge_methods_supported"] = List("S256"),
        ["acr_values_supported"] = List(TwoSteps),
    });

    IResult Ask(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != options.MailProviderClientId || !AuthorizeEndpoint.ReturnsTo(options.Authority, query["redirect_uri"])) return Refuse("Ứng dụng chưa đăng ký.");
        var asked = new Asked(query["redirect_uri"]!, query["state"], query["nonce"], query["code_challenge"], query["acr_values"].ToString().Split(' ').Contains(TwoSteps));
        string? hint = query["login_hint"];
        return Page.Show("Đăng nhập hộp thư công vụ", Html.Of($"""
            <p>Chọn một hộp thư giả để đăng nhập. Không cần mật khẩu{(asked.NeedsTwoSteps ? ", cũng không cần mã: nơi hỏi muốn hai bước (acr_values), và câu trả lời sẽ nói là có đủ hai" : "")}.</p>
            <form method="post" action="/authorize/decision">
            <input type="hidden" name="request" value="{requests.Add(asked)}">
            {Html.Each(SyntheticOfficials.AtProvider.OrderByDescending(o => o.Address == hint), o => Choice(o, o.Address == hint))}
            <button class="plain" name="action" value="cancel">Hủy</button>
            </form>
            """));
    }

    async Task<IResult> DecideAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        if (requests.Take(form["request"]) is not { } asked) return Refuse("Yêu cầu đăng nhập đã dùng hoặc hết hạn.");
        return SyntheticOfficials.Find(form["mailbox"]) is { } official && form["action"] != "cancel"
            ? Return(asked, "code", codes.Add(new(asked, official, clock.GetUtcNow())))
            : Return(asked, "error", "access_denied");
    }

    async Task<IResult> RedeemAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Error("invalid_request");
        var form = await http.Request.ReadFormAsync(ct);
        if (form["client_id"] != options.MailProviderClientId || form["client_secret"] != options.MailProviderClientSecret) return Error("invalid_client", StatusCodes.Status401Unauthorized);
        if (failures.Everywhere == Failure.Slow) await Task.Delay(TimeSpan.FromSeconds(failures.SlowSeconds), clock, ct);
        if (codes.Take(form["code"]) is not { } granted || form["redirect_uri"] != granted.Asked.RedirectUri || !Proves(form["code_verifier"], granted.Asked.Challenge)) return Error("invalid_grant");
        return Results.Json(new { access_token = Opaque.New(), token_type = "Bearer", expires_in = 300, id_token = IdToken(granted) });
    }

    string IdToken(Granted granted)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var official = granted.Official;
        var claims = new Dictionary<string, object?>
        {
            ["sub"] = official.Id, ["nonce"] = granted.Asked.Nonce, ["auth_time"] = granted.At.ToUnixTimeSeconds(), ["amr"] = granted.Asked.NeedsTwoSteps ? ["pwd", "otp"] : official.Methods,
            ["name"] = official.Name, ["email"] = official.Address, ["email_verified"] = true,
            ["mailbox_type"] = official.Shared ? "shared" : "personal",
            ["department"] = official.Unit, ["job_title"] = official.Title, ["employee_number"] = official.EmployeeNumber,
        };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.MailProviderUrl, Audience = options.MailProviderClientId, IssuedAt = now, Expires = now.AddMinutes(5), SigningCredentials = keys.Own,
            Claims = claims.Where(c => c.Value is not null).ToDictionary(c => c.Key, c => c.Value!),
        });
    }

    IResult Control() => Page.Show("Bảng điều khiển thư công vụ", Html.Of($"""
        <p>Đang bật: <strong>{failures.Everywhere.Entry().Vi}</strong>. Áp dụng cho cả trang này và máy chủ thư so.mau.example.</p>
        <form method="post" action="/_sandbox">
        <label for="failure">Điều gì sẽ hỏng?</label>
        <select id="failure" name="failure">{SignInPage.Options([Failure.None.Entry(), Failure.Slow.Entry(), Failure.Down.Entry()], failures.Everywhere)}</select>
        <button>Áp dụng</button>
        </form>
        <h2>Hộp thư</h2>
        <ul>{Html.Each(SyntheticOfficials.AtMailServer.Concat(SyntheticOfficials.AtProvider), o => Html.Of($"<li>{o.Address}: {o.Name}{(o.Shared ? ", dùng chung" : "")}</li>"))}</ul>
        """));

    async Task<IResult> ApplyAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        if (FailureCatalog.Find(form["failure"]) is not { Failure: Failure.None or Failure.Slow or Failure.Down } entry) return Refuse("Không có lỗi tên như vậy.");
        failures.Everywhere = entry.Failure;
        return new RedirectTo("/");
    }

    static Html Choice(SyntheticOfficial official, bool hinted) => Html.Of($"""
        <button class="person" name="mailbox" value="{official.Id}">{official.Address}<span>{official.Name}{(official.Shared ? ", hộp thư dùng chung" : "")}{(hinted ? " (được gợi ý)" : "")}</span></button>
        """);

    static RedirectTo Return(Asked asked, string name, string value)
    {
        var answer = QueryHelpers.AddQueryString(asked.RedirectUri, name, value);
        return new(asked.State is null ? answer : QueryHelpers.AddQueryString(answer, "state", asked.State));
    }

    static bool Proves(string? verifier, string? challenge) => challenge is null
        || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? ""))) == challenge;

    static string[] List(string value) => [value];

    static IResult Refuse(string why) => Page.Show("Không đăng nhập được", Html.Of($"""<p class="problem">{why}</p>"""), StatusCodes.Status400BadRequest);

    static IResult Error(string error, int status = StatusCodes.Status400BadRequest) => Results.Json(new { error }, statusCode: status);

    sealed record Asked(string RedirectUri, string? State, string? Nonce, string? Challenge, bool NeedsTwoSteps);

    sealed record Granted(Asked Asked, SyntheticOfficial Official, DateTimeOffset At);
}
