using System.Net;
using System.Text.RegularExpressions;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Oidc;

/// <summary>An error that only the person sees: status 400, nothing sent anywhere, and a code that log and audit row know as well.</summary>
internal static partial class ShownError
{
    /// <summary>Returns the reference code.</summary>
    public static async Task<string> AssertAsync(TestProvider provider, TestPage page, string audit = "authorize.error_shown")
    {
        Assert.Null(page.LeftFor);
        Assert.True(page.Status == HttpStatusCode.BadRequest, $"{page.Status} {page.Text} {provider.Log.Lines.LastOrDefault(line => line.Contains("Exception", StringComparison.Ordinal))}");
        Assert.NotEmpty(page.Heading);
        var reference = ReferenceOf(page);
        Assert.Contains(provider.Log.Lines, line => line.Contains(reference, StringComparison.Ordinal));
        var row = await provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(e => e.Reference == reference));
        Assert.Equal(audit, row.Name);
        return reference;
    }

    public static string ReferenceOf(TestPage page)
    {
        var match = Code().Match(page.Document.QuerySelector(".ref")?.TextContent ?? "");
        Assert.True(match.Success, $"No reference code on {page.Address}: {page.Text}");
        return match.Value;
    }

    /// <summary>An error that the application gets at its proven address, with state and issuer.</summary>
    public static void AssertSent(TestProvider provider, TestPage page, string error, string redirectUri = "https://rp.example/cb")
    {
        Assert.True(page.LeftFor is not null, $"{page.Status} {page.Address} {page.Text}");
        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        Assert.Equal(redirectUri, page.LeftFor.GetLeftPart(UriPartial.Path));
        Assert.Equal("#_", page.LeftFor.Fragment);
        Assert.Equal(error, page.Answer["error"]);
        Assert.Equal("state-1", page.Answer["state"]);
        Assert.Equal(provider.Issuer, page.Answer["iss"]);
        Assert.False(page.Answer.ContainsKey("code"));
    }

    [GeneratedRegex(@"[A-Z]{2}-\d{3}-\d{3}-\d{3}")]
    private static partial Regex Code();
}
