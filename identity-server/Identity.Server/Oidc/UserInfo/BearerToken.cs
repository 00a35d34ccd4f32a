namespace Identity.Server.Oidc.UserInfo;

/// <summary>Where a request carries its access token (RFC 6750 §2): in the header or in a form, in exactly one place, never in the address.</summary>
public abstract record BearerToken
{
    private const string Scheme = "Bearer ";

    private BearerToken() { }

    public sealed record Presented(string Token) : BearerToken
    {
        public override string ToString() => "Presented(***)";
    }

    public sealed record None : BearerToken;
    public sealed record Refused(OidcError Error) : BearerToken;

    public static async Task<BearerToken> FindAsync(HttpContext http)
    {
        // §2.3: addresses end up in logs, histories and referrers (RFC 9700 §4.3.2).
        if (http.Request.Query.ContainsKey("access_token")) return Refuse("access_token in the address");
        var headers = http.Request.Headers.Authorization;
        if (headers.Count > 1) return Refuse("several Authorization headers");
        var inHeader = headers.ToString();
        var hasHeader = inHeader.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
            return hasHeader ? new Presented(inHeader[Scheme.Length..].Trim()) : new None();

        var (form, problem) = await BackChannelForm.ReadAsync(http);
        if (form is null) return Refuse(problem!);
        return (hasHeader, form["access_token"]) switch
        {
            (true, null) => new Presented(inHeader[Scheme.Length..].Trim()),
            (true, _) => Refuse("more than one access token"),
            (false, { } inForm) => new Presented(inForm),
            (false, null) => new None(),
        };
    }

    // §3.1: the challenge names this error too.
    private static Refused Refuse(string logDetail) => new(OidcError.InvalidRequest(logDetail) with { Challenge = "Bearer" });
}
