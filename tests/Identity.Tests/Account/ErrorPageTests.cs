using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Account;

public sealed partial class ErrorPageTests(AccountSite site) : IClassFixture<AccountSite>
{
    [Fact]
    public async Task A_failure_shows_a_code_that_is_in_the_trail_and_nothing_of_what_failed()
    {
        var (status, page) = await OpenAsync("/fails");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("Có trục trặc ở phía chúng tôi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        var code = Code().Match(page).Value;
        var row = await site.ReadAsync(db => db.AuditEvents.SingleAsync(a => a.Reference == code));
        Assert.Equal(("error.shown", nameof(InvalidOperationException)), (row.Name, row.Detail));
        Assert.NotNull(row.Address);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_and_leaves_the_trail_alone()
    {
        var (status, page) = await OpenAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Không có trang này", page, StringComparison.Ordinal);
        Assert.Matches(Code(), page);
        Assert.False(await site.ReadAsync(db => db.AuditEvents.AnyAsync(a => a.Reference == Code().Match(page).Value)));
    }

    [Theory]
    [InlineData("/error/503")]
    [InlineData("/error")]
    public async Task No_link_can_make_the_site_say_that_it_is_broken(string address)
    {
        var (status, page) = await OpenAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Không có trang này", page, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Page)> OpenAsync(string address)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("AB-[0-9]{3}-[0-9]{3}-[0-9]{3}")]
    private static partial Regex Code();
}
