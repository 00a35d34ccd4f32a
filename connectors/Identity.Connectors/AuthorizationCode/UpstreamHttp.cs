using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>
/// Talks to a server that may be slow, broken or hostile: every answer has a time limit and a size limit, a redirect is an
/// error, and whatever happens becomes a value.
/// </summary>
internal sealed class UpstreamHttp(HttpClient http, UpstreamSettings settings, TimeProvider clock)
{
    /// <param name="endpoint">Its name for operators.</param>
    public async Task<Checked<UpstreamReply>> SendAsync(string endpoint, HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ExchangeAsync(endpoint, request, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(UpstreamFailure.TimedOut, endpoint, "did not answer in time");
        }
        catch (HttpRequestException e)
        {
            return Failed(UpstreamFailure.Unreachable, endpoint, $"cannot be reached: {e.HttpRequestError}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Failed(UpstreamFailure.Unreachable, endpoint, "broke off its answer");
        }
    }

    private async Task<Checked<UpstreamReply>> ExchangeAsync(string endpoint, HttpRequestMessage request, CancellationToken ct)
    {
        var asked = request.RequestUri;     // a client that follows redirects writes the new address into the request
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400 || request.RequestUri != asked)
            return Failed(UpstreamFailure.Malformed, endpoint, "answered with a redirect");
        if (status >= 500) return Failed(UpstreamFailure.Unreachable, endpoint, $"answered with status {status}");
        if (await ReadAsync(response.Content, ct) is not { } body)
            return Failed(UpstreamFailure.Malformed, endpoint, $"answered with more than {settings.MaxResponseBytes} bytes");
        return new UpstreamReply(endpoint, status, body);
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

    private static UpstreamOutcome.Failed Failed(UpstreamFailure why, string endpoint, string what) =>
        new(why, $"{endpoint} {what}");
}

/// <summary>An answer with a status below 300 or between 400 and 499.</summary>
internal sealed record UpstreamReply(string Endpoint, int Status, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public Checked<JsonObjectReader> ReadObject() => StrictJson.TryReadObject(Body, out var json)
        ? new JsonObjectReader(json)
        : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{Endpoint} did not answer with a JSON object");
}
