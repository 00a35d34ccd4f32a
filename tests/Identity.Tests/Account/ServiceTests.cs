using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Account;

public sealed class ServiceTests(AccountSite site) : IClassFixture<AccountSite>
{
    private const string Page = "/account/services";

    [Fact]
    public async Task A_service_is_listed_while_it_holds_a_grant_or_a_remembered_answer()
    {
        var person = await SignedInPerson.EnterAsync(site);
        Assert.Contains("Chưa có dịch vụ nào", await person.OpenAsync(Page), StringComparison.Ordinal);
        await person.ConsentAsync("documents", "name vn_pin");
        var page = await person.OpenAsync(Page);
        Assert.Contains("Họ và tên, Số định danh cá nhân", page, StringComparison.Ordinal);
        await person.GrantAsync(person.Session.Id, "portal");
        Assert.Contains("theo quy định của pháp luật", await person.OpenAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_withdraws_the_answer_and_ends_every_grant_at_once()
    {
        var person = await SignedInPerson.EnterAsync(site);
        await person.ConsentAsync("documents", "name");
        var grant = await person.GrantAsync(person.Session.Id, "documents", offline: true);
        using var answer = await person.PostAsync(Page, "client", "documents");
        Assert.Equal("/account/services?done=service-stopped", answer.Headers.Location!.ToString());
        Assert.True(await site.ReadAsync(db => db.Consents.AllAsync(c => c.PersonId != person.Id || c.WithdrawnAt != null)));
        Assert.True(await site.ReadAsync(db => db.Grants.AnyAsync(g => g.Id == grant && g.RevokedAt != null)));
        Assert.Equal(1, await site.ReadAsync(db => db.AuditEvents.CountAsync(a => a.PersonId == person.Id && a.Name == "service.stopped")));
        Assert.Contains("Bạn đã ngừng cho phép", await person.OpenAsync("/account/activity"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_that_a_statute_orders_cannot_be_stopped()
    {
        var person = await SignedInPerson.EnterAsync(site);
        await person.ConsentAsync("documents", "name");
        var grant = await person.GrantAsync(person.Session.Id, "portal");
        using var answer = await person.PostAsync(Page, "client", "portal");
        Assert.Equal("/account/services", answer.Headers.Location!.ToString());
        Assert.True(await site.ReadAsync(db => db.Grants.AnyAsync(g => g.Id == grant && g.RevokedAt == null)));
    }
}
