using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Identity.Server.Oidc;

/// <summary>Writes the JSON answers of the protocol endpoints, never cached (RFC 6749 §5.1).</summary>
internal static class OidcJson
{
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static Task SendAsync(HttpContext http, byte[] document, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        http.Response.ContentLength = document.Length;
        return http.Response.Body.WriteAsync(document, http.RequestAborted).AsTask();
    }

    /// <summary>RFC 6750 §3.1: whoever brought no token at all learns how to bring one, and nothing else.</summary>
    public static void SendBareChallenge(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"identity\"";
        http.Response.Headers.CacheControl = "no-store";
    }

    public static Task SendErrorAsync(HttpContext http, OidcError error)
    {
        // RFC 6750 §3: the Bearer challenge names the error; a request without any token gets the bare challenge.
        if (error.Challenge == "Bearer")
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"identity\", error=\"{error.Code}\", error_description=\"{error.Description}\"";
        else if (error.Challenge is { } scheme)
            http.Response.Headers.WWWAuthenticate = $"{scheme} realm=\"identity\"";
        return SendAsync(http, Write(json =>
        {
            json.WriteString("error", error.Code);
            json.WriteString("error_description", error.Description);
        }), error.Status);
    }
}
