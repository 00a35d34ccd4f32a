using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Account;

public sealed class AccountPageTests(AccountSite site) : IClassFixture<AccountSite>
{
    public static TheoryData<string> Pages => ["/account", "/account/identities", "/account/sessions", "/account/services", "/account/activity"];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_stranger_is_led_to_a_sign_in_of_our_own(string page)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/login/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var id = answer.Headers.Location.ToString()["/login/".Length..];
        Assert.Equal("account", await site.ReadAsync(db => db.PendingAuthentications.Where(p => p.Id == id).Select(p => p.Protocol).SingleAsync()));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Whoever_is_signed_in_sees_the_page_and_no_cache_keeps_it(string page)
    {
        var person = await SignedInPerson.EnterAsync(site);
        using var answer = await person.Browser.GetAsync(new Uri(page, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_suspended_person_is_refused_and_not_led_round_in_circles()
    {
        var person = await SignedInPerson.EnterAsync(site);
        await site.ReadAsync(db => db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.Status, Domain.People.PersonStatus.Suspended)));
        using var answer = await person.Browser.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_overview_greets_by_name_and_tells_of_the_sign_in_before()
    {
        var person = await SignedInPerson.EnterAsync(site);
        Assert.Contains("Đây là lần đăng nhập đầu tiên", await person.OpenAsync("/account"), StringComparison.Ordinal);
        await person.ElsewhereAsync("Chrome · Android");
        var page = await person.OpenAsync("/account");
        Assert.Contains("Nguyễn Thị Ẩn", page, StringComparison.Ordinal);
        Assert.Contains("Chrome · Android", page, StringComparison.Ordinal);
        Assert.Contains("2 thiết bị đang đăng nhập", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_identities_name_their_source_and_mark_the_one_in_use()
    {
        var person = await SignedInPerson.EnterAsync(site);
        var page = await person.OpenAsync("/account/identities?lang=vi");
        Assert.Contains("Đang dùng", page, StringComparison.Ordinal);
        Assert.Contains("05/09/1968", page, StringComparison.Ordinal);
        Assert.Contains("Thông tin này đến từ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_clears_the_cookie()
    {
        var person = await SignedInPerson.EnterAsync(site);
        using var answer = await person.PostAsync("/account", "x", "y");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/logout/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await site.ReadAsync(db => db.Sessions.Where(s => s.Id == person.Session.Id).Select(s => s.EndedAt).SingleAsync()));
        using var after = await person.Browser.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.Equal(HttpStatusCode.SeeOther, after.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var person = await SignedInPerson.EnterAsync(site);
        var other = await person.ElsewhereAsync("Chrome · Android");
        using var form = new FormUrlEncodedContent([new("others", "true")]);
        using var answer = await person.Browser.PostAsync(new Uri("/account/sessions", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await site.ReadAsync(db => db.Sessions.Where(s => s.Id == other.Id).Select(s => s.EndedAt).SingleAsync()));
    }
}
