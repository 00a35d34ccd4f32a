using System.Text;
using System.Text.Encodings.Web;
using Identity.Domain.Clients;
using Identity.Server.Http;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Authorize;

/// <summary>Carries the answer to the proven redirect URI: 303 with a query, or a form that posts itself (OAuth 2.0 Form Post Response Mode).</summary>
public sealed class AuthorizeResponse(ClientRegistry registry, Texts texts, PageStyle style, IOptions<OidcOptions> options)
{
    private const string Script = "document.forms[0].submit()";
    private static readonly string ScriptHash = ContentSecurityPolicy.HashOf(Script);

    public Task SendAsync(HttpContext http, AnswerTarget target, IReadOnlyList<KeyValuePair<string, string>> answer)
    {
        var parameters = answer.ToList();
        if (target.State is { } state) parameters.Add(new("state", state));
        // RFC 9207: always, on errors too, so that a client with several providers cannot be confused.
        parameters.Add(new("iss", options.Value.Issuer));
        if (target.Mode == ResponseMode.FormPost) return SendFormAsync(http, target, parameters);
        http.SeeOther(WithQuery(target.RedirectUri, parameters));
        return Task.CompletedTask;
    }

    private static string WithQuery(string redirectUri, List<KeyValuePair<string, string>> parameters)
    {
        var address = new StringBuilder(redirectUri);
        foreach (var (name, value) in parameters)
            address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        // An own, empty fragment: the browser must not carry ours over to the application (R13).
        return address.Append("#_").ToString();
    }

    private Task SendFormAsync(HttpContext http, AnswerTarget target, List<KeyValuePair<string, string>> parameters)
    {
        // The form goes to another origin, so this one page names it; the only script is this constant, allowed by its hash.
        http.UseContentSecurityPolicy(p => p with { Script = ScriptHash, FormTargets = [target.RedirectUri] });
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(Page(target, parameters), http.RequestAborted);
    }

    private string Page(AnswerTarget target, List<KeyValuePair<string, string>> parameters)
    {
        var encode = HtmlEncoder.Default;
        var app = registry.FindClient(target.ClientId)?.ClientName.In(texts.Language) ?? target.ClientId;
        var title = encode.Encode(texts["returning", ("app", app)]);
        var fields = string.Concat(parameters.Select(p => $"<input type=\"hidden\" name=\"{p.Key}\" value=\"{encode.Encode(p.Value)}\">"));
        return $"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>{style.Css}</style></head>
            <body><main id="main"><h1>{title}</h1>
            <form method="post" action="{encode.Encode(target.RedirectUri)}">{fields}<button type="submit">{encode.Encode(texts["returning.continue"])}</button></form>
            </main><script>{Script}</script></body>
            </html>
            """;
    }
}
