using System.Security.Cryptography;
using System.Text;
using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;
using Identity.Sandbox.People;

namespace Identity.Sandbox.VNeId;

internal sealed class VNeIdAuthorizeEndpoint(
    SandboxOptions options, EidMemory memory, FailureSwitch failures, VNeIdEncryption encryption, TimeProvider clock)
{
    public const string DecisionPath = "/vneid/authorize/decision";

    public IResult Start(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != options.VNeId.ClientId) return SignInPage.Refuse("Ứng dụng chưa đăng ký (client_id).");
        if (!AuthorizeEndpoint.ReturnsTo(options.Authority, query["redirect_uri"])) return SignInPage.Refuse("redirect_uri không thuộc máy chủ đã đăng ký (Authority).");
        var request = new AuthorizeRequest(query["redirect_uri"]!, query["scope"].ToString()) { State = query["state"], CodeChallenge = query["code_challenge"] };
        if (query["response_type"] != "code") return Fail(request, "unsupported_response_type");
        if (request.CodeChallenge is not null && query["code_challenge_method"] != "S256") return Fail(request, "invalid_request");
        return failures.Everywhere == Failure.UserCancels
            ? Fail(request, "access_denied")
            : SignInPage.Ask(memory.Requests.Add(request), hint: null, DecisionPath, FailureOf.VNeId);
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
        return person is null || cancels ? Fail(request, "access_denied") : Approve(new(request, person, clock.GetUtcNow(), failure.Failure));
    }

    RedirectTo Approve(Approval approval)
    {
        var failure = failures.For(approval.Failure);
        // What is wrong with the token answer is not wrong with the code.
        var (code, key) = encryption.Seal(Encoding.ASCII.GetBytes(memory.Codes.Add(approval)), failure == Failure.IvMissing ? Failure.None : failure);
        if (failure == Failure.GarbageCode) code = Convert.ToBase64String(RandomNumberGenerator.GetBytes(41));
        // As seen in the field: Base64 as it is, plus signs and all.
        return Return(approval.Request, $"code={code}&encrypt_key={key}");
    }

    static RedirectTo Fail(AuthorizeRequest request, string error) => Return(request, $"error={error}");

    static RedirectTo Return(AuthorizeRequest request, string answer) =>
        new($"{request.RedirectUri}{(request.RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{answer}&state={Uri.EscapeDataString(request.State ?? "")}");
}
