using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Identity.Sandbox.Applications;

internal sealed class TokenSet(string accessToken, string? idToken, string? refreshToken)
{
    public string AccessToken { get; } = accessToken;

    public string? IdToken { get; } = idToken;

    public string? RefreshToken { get; } = refreshToken;
}

/// <summary>The calls that go from application to server without the browser.</summary>
internal sealed class ProviderClient(SampleApplication application, HttpClient http)
{
    public Task<Outcome<TokenSet>> RedeemAsync(OpenIdConnectConfiguration provider, string code, string verifier, CancellationToken ct) =>
        TokensAsync(provider, ct, ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", application.CallbackUrl), ("code_verifier", verifier));

    public Task<Outcome<TokenSet>> RefreshAsync(OpenIdConnectConfiguration provider, string refreshToken, CancellationToken ct) =>
        TokensAsync(provider, ct, ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public async Task<Outcome<JsonElement>> UserinfoAsync(OpenIdConnectConfiguration provider, string accessToken, string subject, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
        request.Headers.Authorization = new("Bearer", accessToken);
        var outcome = await SendAsync(request, ct);
        if (outcome.Failed(out _, out var person)) return outcome;
        // OpenID Connect Core 1.0 §5.3.2: an answer about somebody else is an attack (token substitution).
        return Text(person, "sub") == subject ? outcome : new Problem("invalid_userinfo", "Userinfo nói về người khác (sub).");
    }

    async Task<Outcome<TokenSet>> TokensAsync(OpenIdConnectConfiguration provider, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        request.Headers.Authorization = new("Basic", BasicCredentials());
        request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        if ((await SendAsync(request, ct)).Failed(out var problem, out var body)) return problem;
        if (Text(body, "access_token") is not { } accessToken
            || !string.Equals(Text(body, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
            return new Problem("invalid_answer", "Câu trả lời của cổng lấy token thiếu access_token hoặc token_type.");
        return new TokenSet(accessToken, Text(body, "id_token"), Text(body, "refresh_token"));
    }

    async Task<Outcome<JsonElement>> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var reply = await http.SendAsync(request, ct);
            return Read(await reply.Content.ReadAsStringAsync(ct), (int)reply.StatusCode);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new Problem("server_unreachable", "Không liên lạc được với máy chủ.", StatusCodes.Status502BadGateway);
        }
    }

    static Outcome<JsonElement> Read(string text, int status)
    {
        try
        {
            var body = JsonDocument.Parse(text).RootElement;
            if (body.ValueKind != JsonValueKind.Object) return Unreadable(status);
            return status == StatusCodes.Status200OK
                ? body
                : new Problem(Text(body, "error") ?? "server_error", Text(body, "error_description") ?? $"HTTP {status}");
        }
        catch (JsonException)
        {
            return Unreadable(status);
        }
    }

    // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
    string BasicCredentials() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{Uri.EscapeDataString(application.Client.ClientId)}:{Uri.EscapeDataString(application.Client.ClientSecret)}"));

    static Problem Unreadable(int status) => new("invalid_answer", $"Máy chủ trả lời không phải JSON (HTTP {status}).", StatusCodes.Status502BadGateway);

    static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
