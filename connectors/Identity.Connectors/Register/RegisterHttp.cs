using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.Register;

/// <summary>
/// Talks to a register that may be slow, broken or hostile: every answer has a time limit and a size limit, a redirect is an error, and
/// whatever happens becomes a value.
/// </summary>
internal sealed class RegisterHttp(HttpClient http, RegisterConnectorSettings settings, TimeProvider clock)
{
    /// <summary>How long before its end a token is not used any more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestToken = TimeSpan.FromHours(1);

    private volatile Token? _token;

    /// <param name="make">Made anew when the token had to be renewed: a request is sent once.</param>
    public Task<RegisterReply> AskAsync(string what, Func<HttpRequestMessage> make, CancellationToken ct) =>
        BoundedAsync(what, async limited =>
        {
            var reply = await AuthorizedAsync(what, make, limited);
            if (reply.Status != 401 || settings.Authentication != RegisterAuthentication.ClientCredentials) return reply;
            // The register forgot the token: once more with a new one.
            _token = null;
            return await AuthorizedAsync(what, make, limited);
        }, ct);

    /// <summary>A document that the register shows to everybody.</summary>
    public async Task<RegisterReply> ReadAsync(string what, Uri address, CancellationToken ct) =>
        await BoundedAsync(what, async limited =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            return await SendAsync(what, request, limited);
        }, ct);

    private async Task<RegisterReply> BoundedAsync(string what, Func<CancellationToken, Task<RegisterReply>> ask, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return RegisterReply.Broken(UpstreamFailure.TimedOut, $"{what} was not answered in time");
        }
        catch (HttpRequestException e)
        {
            return RegisterReply.Broken(UpstreamFailure.Unreachable, $"the register cannot be reached: {e.HttpRequestError}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return RegisterReply.Broken(UpstreamFailure.Unreachable, $"{what} was broken off");
        }
    }

    private async Task<RegisterReply> AuthorizedAsync(string what, Func<HttpRequestMessage> make, CancellationToken ct)
    {
        var (bearer, refused) = await BearerAsync(ct);
        if (refused is not null) return refused;
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return await SendAsync(what, request, ct);
    }

    private async Task<(string? Bearer, RegisterReply? Refused)> BearerAsync(CancellationToken ct)
    {
        if (settings.Authentication == RegisterAuthentication.Bearer) return (settings.ClientSecret, null);
        if (_token is { } known && known.UsableUntil > clock.GetUtcNow()) return (known.Value, null);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.TokenEndpoint);
        // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
        var credentials = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (settings.Scope is { } scope) form["scope"] = scope;
        request.Content = new FormUrlEncodedContent(form);
        var reply = await SendAsync("the token endpoint", request, ct);
        if (reply.Json is not { } json) return (null, reply.Status is >= 400 and < 500 ? RegisterReply.Broken(UpstreamFailure.Refused, $"the token endpoint answered with status {reply.Status}") : reply);
        if (!json.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } value || value.Any(c => c is < '!' or > '~'))
            return (null, RegisterReply.Broken(UpstreamFailure.Malformed, "the token endpoint sent no token"));
        var lifetime = json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var given) && given > 0 ? TimeSpan.FromSeconds(given) : Margin;
        _token = new Token(value, clock.GetUtcNow() + (lifetime < LongestToken ? lifetime : LongestToken) - Margin);
        return (value, null);
    }

    private async Task<RegisterReply> SendAsync(string what, HttpRequestMessage request, CancellationToken ct)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400) return RegisterReply.Broken(UpstreamFailure.Malformed, $"{what} was answered with a redirect");
        if (status >= 500) return RegisterReply.Broken(UpstreamFailure.Unreachable, $"{what} was answered with status {status}");
        if (status >= 400) return new RegisterReply(status, null, null);
        if (await ReadAsync(response.Content, ct) is not { } body) return RegisterReply.Broken(UpstreamFailure.Malformed, $"{what} was answered with more than {settings.MaxResponseBytes} bytes");
        return StrictJson.TryReadObject(body, out var json)
            ? new RegisterReply(status, json, null)
            : RegisterReply.Broken(UpstreamFailure.Malformed, $"{what} was not answered with a JSON object");
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > settings.MaxResponseBytes) return null;
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var piece = new byte[8 * 1024];
        while (await stream.ReadAsync(piece, ct) is var read and > 0)
        {
            if (body.Length + read > settings.MaxResponseBytes) return null;
            body.Write(piece, 0, read);
        }
        return body.ToArray();
    }

    private sealed record Token(string Value, DateTimeOffset UsableUntil);
}

/// <param name="Json">The body of an answer below 300.</param>
/// <param name="Failure">Why there is neither body nor an answer of the 4xx kind.</param>
internal sealed record RegisterReply(int Status, JsonElement? Json, (UpstreamFailure Why, string Detail)? Failure)
{
    public static RegisterReply Broken(UpstreamFailure why, string detail) => new(0, null, (why, detail));

    public override string ToString() => $"RegisterReply({Status})";
}
