using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>What plain browsers, driven by the suite or by people, need from our pages.</summary>
internal static class PageChecks
{
    public static void IsSignIn(TestPage page, string redirectUri)
    {
        Assert.True(page.LeftFor is null, $"no page, but {page.LeftFor}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var form = Assert.Single(page.Forms, f => f.Action.EndsWith("/password", StringComparison.Ordinal));
        Assert.Equal((string[])["username", "password"], form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type != "hidden").Select(i => i.Name!));
        Assert.Single(form.QuerySelectorAll("button, input[type=submit]"));
        // Browsers hold the redirects that follow this form against its policy.
        MayLeadTo(page, redirectUri);
    }

    /// <summary>OAuth 2.0 Form Post Response Mode, for browsers with and without script.</summary>
    public static void IsFormFor(TestPage page, string redirectUri)
    {
        Assert.True(page.LeftFor is null, $"a redirect to {page.LeftFor} instead of a form");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var form = Assert.Single(page.Forms);
        Assert.Equal("post", form.Method, ignoreCase: true);
        Assert.Equal(redirectUri, form.GetAttribute("action"));
        Assert.Single(form.QuerySelectorAll("button, input[type=submit]"));
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);

        MayLeadTo(page, redirectUri);
        var script = Assert.Single(page.Document.Scripts);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.TextContent)))}'", Directive(page, "script-src"));
    }

    /// <summary>An error that only the person sees: nothing leads to the address that the request named.</summary>
    public static void IsErrorPage(TestPage page, string address)
    {
        Assert.True(page.LeftFor is null, $"sent to {page.LeftFor}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotEmpty(page.Heading);
        Assert.DoesNotContain(address, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Forms, f => f.Action.StartsWith("http", StringComparison.Ordinal));
    }

    private static void MayLeadTo(TestPage page, string address) =>
        Assert.Contains(new Uri(address).GetLeftPart(UriPartial.Authority), Directive(page, "form-action"));

    private static string[] Directive(TestPage page, string name) =>
        Assert.Single(page.Headers["Content-Security-Policy"].Split(';', StringSplitOptions.TrimEntries), d => d.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1..];
}
