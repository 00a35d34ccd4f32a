namespace Identity.Sandbox.Applications;

internal sealed record AuthorizationAnswer(string? State, string? Code, string? Issuer, string? Error, string? Description)
{
    public override string ToString() => Error ?? "code";

    public static async Task<AuthorizationAnswer> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        string? Field(string name) => form is null ? request.Query[name] : form[name];
        return new(Field("state"), Field("code"), Field("iss"), Field("error"), Field("error_description"));
    }
}

/// <summary>The answer to a sign-in: was it ours, is it the server's, and who is it?</summary>
internal sealed class Callback(
    SampleApplication application, ProviderMetadata metadata, SessionMaker sessions, ApplicationMemory memory, ApplicationCookies cookies)
{
    public async Task<IResult> FinishAsync(HttpContext http, CancellationToken ct)
    {
        var answer = await AuthorizationAnswer.ReadAsync(http.Request, ct);
        if (memory.Transactions.Take(answer.State) is not { } transaction || !cookies.IsSameBrowser(http, transaction.Browser))
            return ProblemPage.Show(application, new("invalid_state", "Câu trả lời không thuộc lần đăng nhập nào của trình duyệt này."));
        if ((await JudgeAsync(answer, transaction, ct)).Failed(out var problem, out var session)) return ProblemPage.Show(application, problem);
        cookies.SignIn(http, session);
        return new RedirectTo(transaction.ReturnTo);
    }

    async Task<Outcome<ApplicationSession>> JudgeAsync(AuthorizationAnswer answer, Transaction transaction, CancellationToken ct)
    {
        if ((await metadata.GetAsync(ct)).Failed(out var problem, out var provider)) return problem;
        // RFC 9207 §2.4: a server that announces iss must send it, and it must be the one we asked; errors included.
        if (answer.Issuer is null ? provider.AuthorizationResponseIssParameterSupported : answer.Issuer != provider.Issuer)
            return new Problem("invalid_issuer", "Câu trả lời không đến từ máy chủ đã hỏi (iss).");
        if (answer.Error is { } error) return new Problem(error, answer.Description ?? "Máy chủ không cho biết lý do.");
        if (string.IsNullOrEmpty(answer.Code)) return new Problem("invalid_answer", "Câu trả lời không có mã.");
        return await sessions.OpenAsync(provider, answer.Code, transaction, ct);
    }
}
