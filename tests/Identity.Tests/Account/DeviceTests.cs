using System.Net;
using Identity.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Account;

public sealed class DeviceTests(AccountSite site) : IClassFixture<AccountSite>
{
    private const string Page = "/account/sessions";

    [Fact]
    public async Task Ending_a_device_takes_its_long_lived_grants_along()
    {
        var person = await SignedInPerson.EnterAsync(site);
        var phone = await person.ElsewhereAsync("Chrome · Android");
        var grant = await person.GrantAsync(phone.Id, "documents", offline: true);
        using var answer = await person.PostAsync(Page, "session", phone.Id.ToString("N"));
        Assert.Equal("/account/sessions?done=session-ended", answer.Headers.Location!.ToString());
        Assert.True(await EndedAsync(phone));
        Assert.NotNull(await RevokedAsync(grant));
        Assert.Contains("Đã đăng xuất thiết bị bạn chọn", await person.OpenAsync(answer.Headers.Location.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applications_of_an_ended_device_are_owed_a_logout()
    {
        var person = await SignedInPerson.EnterAsync(site);
        var phone = await person.ElsewhereAsync("Chrome · Android");
        await site.DoAsync(services => ((SessionStore)services.GetService(typeof(SessionStore))!).JoinAsync(phone.Id, "portal", "subject", CancellationToken.None));
        Assert.Contains("Dịch vụ đang mở", await person.OpenAsync(Page), StringComparison.Ordinal);
        using var answer = await person.PostAsync(Page, "session", phone.Id.ToString());
        Assert.Equal(LogoutDeliveryState.Pending, await site.ReadAsync(db => db.LogoutDeliveries.Where(d => d.SessionId == phone.Id).Select(d => d.State).SingleAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_strangers_session_is_not_touched_and_answered_like_an_unknown_one(bool exists)
    {
        var (person, stranger) = (await SignedInPerson.EnterAsync(site), await SignedInPerson.EnterAsync(site));
        using var answer = await person.PostAsync(Page, "session", (exists ? stranger.Session.Id : Guid.NewGuid()).ToString("N"));
        Assert.Equal((HttpStatusCode.SeeOther, "/account/sessions?done=session-ended"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.False(await EndedAsync(stranger.Session));
    }

    [Fact]
    public async Task Ending_all_others_leaves_only_this_device_and_nothing_long_lived()
    {
        var (person, stranger) = (await SignedInPerson.EnterAsync(site), await SignedInPerson.EnterAsync(site));
        var phone = await person.ElsewhereAsync("Chrome · Android");
        var orphan = await person.GrantAsync(Guid.NewGuid(), "documents", offline: true);
        var own = await person.GrantAsync(person.Session.Id, "documents", offline: true);
        var foreign = await stranger.GrantAsync(stranger.Session.Id, "documents", offline: true);
        using var answer = await person.PostAsync(Page, "others", "true");
        Assert.Equal("/account/sessions?done=others-ended", answer.Headers.Location!.ToString());
        Assert.Equal((true, false, false), (await EndedAsync(phone), await EndedAsync(person.Session), await EndedAsync(stranger.Session)));
        Assert.NotNull(await RevokedAsync(orphan));
        Assert.Null(await RevokedAsync(own));
        Assert.Null(await RevokedAsync(foreign));
    }

    private Task<bool> EndedAsync(Session session) => site.ReadAsync(db => db.Sessions.AnyAsync(s => s.Id == session.Id && s.EndedAt != null));

    private Task<DateTimeOffset?> RevokedAsync(Guid grant) => site.ReadAsync(db => db.Grants.Where(g => g.Id == grant).Select(g => g.RevokedAt).SingleAsync());
}
