using System.Reflection;
using System.Security.Cryptography;

namespace Identity.Server.Pages;

/// <summary>
/// The one script of the product: it carries a passkey's answer into a form. Named by its content, so that a browser keeps it for
/// ever and a node of the next version never answers with another one.
/// </summary>
public sealed class PageScript
{
    private readonly byte[] _content;

    private PageScript(byte[] content)
    {
        _content = content;
        Path = $"/passkey-{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}.js";
    }

    /// <summary>A page of the version before may ask by its own name while nodes are being replaced: it gets this script, and keeps it not.</summary>
    public const string Pattern = "/passkey-{fingerprint}.js";

    public string Path { get; }

    public static PageScript Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("passkey.js")!;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new PageScript(content.ToArray());
    }

    public IResult Answer(HttpRequest request, HttpResponse response)
    {
        response.Headers.CacheControl = request.Path == Path ? "public, max-age=31536000, immutable" : "no-store";
        return Results.Bytes(_content, "text/javascript; charset=utf-8");
    }
}
