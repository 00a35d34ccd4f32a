using Identity.Domain.People;
using Identity.Protocols.Federation;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Login;

/// <summary>Accounts that a stranger prepares before their victim arrives.</summary>
public sealed class FederatedAttackTests(FederationFixture eid) : IClassFixture<FederationFixture>
{
    [Fact]
    public async Task F2_An_account_prepared_in_somebodys_name_is_not_where_they_arrive()
    {
        var victim = SyntheticPeople.All.First(p => p is { Email: not null, Phone: not null, Business: null });
        var facts = new Dictionary<string, string>
        {
            ["name"] = victim.FullName, ["email"] = victim.Email!, ["email_verified"] = "true", ["phone_number"] = victim.Phone!, ["phone_number_verified"] = "true",
            [AttributeNames.PersonalNumber] = victim.Number ?? "",
        };
        var name = $"p{Guid.NewGuid():N}"[..12];
        await using (var scope = eid.Provider.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LocalAccounts>().CreateAsync(name, TestProvider.Password, facts, isAdministrator: false, CancellationToken.None);
        using var attacker = eid.Provider.NewBrowser();
        var prepared = await eid.Rp().TokensAsync(attacker, name);

        using var arriving = eid.NewBrowser();
        var page = await eid.ReturnAsync(arriving, victim.Key);
        if (FederationFixture.IsFirst(page)) page = await arriving.SubmitAsync(page, "/first", ("answer", "yes"));

        // Either they are somebody else, or nobody enters until an official has looked; never the stranger's account.
        if (page.LeftFor is not null)
        {
            var own = await eid.Rp().TokenAsync(eid.Rp().Exchange(page.Answer["code"]));
            Assert.NotEqual(TestReply.Read(prepared.IdToken).Subject, TestReply.Read(own.IdToken).Subject);
        }
        else Assert.True(FederationFixture.IsProblem(page), page.Text);
        // What the stranger holds shows nothing that came with the victim.
        var identities = await attacker.GetAsync("/account/identities");
        Assert.DoesNotContain("VNeID", identities.Document.QuerySelector("main ul, main table, main dl")?.TextContent ?? "", StringComparison.Ordinal);
        var person = await Deed.PersonOfAsync(eid.Provider, name);
        Assert.Equal(0, await eid.Provider.InDatabaseAsync(db => db.LinkedIdentities.CountAsync(l => l.PersonId == person)));
    }
}
