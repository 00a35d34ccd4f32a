using Identity.Sandbox.Failures;
using Identity.Sandbox.Pages;
using Identity.Sandbox.People;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Sandbox.Eid;

internal sealed class AuthorizeEndpoint(SandboxOptions options, EidMemory memory, FailureSwitch failures, TimeProvider clock)
{
    public IResult Start(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != options.EidClientId) return SignInPage.Refuse("Ứng dụng chưa đăng ký (client_id).");
        if (!ReturnsToAuthority(query["redirect_uri"])) return SignInPage.Refuse("redirect_uri không thuộc máy chủ đã đăng ký (Authority).");

        var request = new AuthorizeRequest(query["redirect_uri"]!, query["scope"].ToString())
        {
            State = query["state"], Nonce = query["nonce"], CodeChallenge = query["code_challenge"], LoginHint = query["login_hint"],
        };
        if (query["response_type"] != "code") return Fail(request, "unsupported_response_type");
        if (!request.Scope.Split(' ').Contains("openid")) return Fail(request, "invalid_scope");
        if (request.CodeChallenge is not null && query["code_challenge_method"] != "S256") return Fail(request, "invalid_request");
        if (failures.Everywhere == Failure.UserCancels) return Fail(request, "access_denied");

        var prompt = query["prompt"].ToString().Split(' ');
        if (!prompt.Contains("login") && EidCookie.Read(http, memory) is { } session)
            return Approve(new(request, session.Person, session.At, Failure.None));
        if (prompt.Contains("none")) return Fail(request, "login_required");
        return SignInPage.Ask(memory.Requests.Add(request), request.LoginHint, "/oauth2/authorize/decision", FailureOf.OpenIdConnect);
    }

    public async Task<IResult> DecideAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        var person = SyntheticPeople.Find(form["person"]);
        var failure = FailureCatalog.Find(form["failure"]);
        var cancels = form["action"] == "cancel" || failure?.Failure == Failure.UserCancels;
        if (failure is null || (person is null && !cancels)) return SignInPage.Refuse("Không có người hoặc lỗi tên như vậy.");
        if (memory.Requests.Take(form["request"]) is not { } request)
            return SignInPage.Refuse("Yêu cầu đăng nhập đã dùng hoặc hết hạn. Hãy quay lại ứng dụng và đăng nhập lại.");
        if (person is null || cancels) return Fail(request, "access_denied");

        var now = clock.GetUtcNow();
        EidCookie.Write(http, memory, new(person, now));
        return Approve(new(request, person, now, failure.Failure));
    }

    RedirectTo Approve(Approval approval) => Return(approval.Request, "code", memory.Codes.Add(approval));

    static RedirectTo Fail(AuthorizeRequest request, string error) => Return(request, "error", error);

    static RedirectTo Return(AuthorizeRequest request, string name, string value)
    {
        var answer = QueryHelpers.AddQueryString(request.RedirectUri, name, value);
        return new(request.State is null ? answer : QueryHelpers.AddQueryString(answer, "state", request.State));
    }

    bool ReturnsToAuthority(string? redirectUri) => ReturnsTo(options.Authority, redirectUri);

    public static bool ReturnsTo(string authority, string? redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0
        && uri.GetLeftPart(UriPartial.Authority) == new Uri(authority).GetLeftPart(UriPartial.Authority);
}
