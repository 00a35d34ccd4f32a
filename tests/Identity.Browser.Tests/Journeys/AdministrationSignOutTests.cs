using Identity.Browser.Tests.Harness;
using Identity.Domain.Administration;

namespace Identity.Browser.Tests.Journeys;

/// <summary>A browser holds a form to the hosts that its page names, wherever the answer leads on.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class AdministrationSignOutTests(Chromium chromium)
{
    [Fact]
    public async Task Signing_out_of_the_administration_leads_on_to_the_public_host()
    {
        await using var stage = await Stage.StartAsync();
        await using var admin = await stage.OpenAdministrationAsync();
        await admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(AdminRole.Administrator, "test") { Mail = "ha.dt@xa.mau.example" }, "test", CancellationToken.None));
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false));
        await AdministrationSignIn.ByMailAsync(visitor, "ha.dt@xa.mau.example", "xa-4");

        await visitor.OpenAsync(stage.Administration + "/signout");
        await visitor.PressAsync("form[action='/signout'] button");

        await visitor.ArriveAsync(stage.Server);
        visitor.AssertNoPolicyViolation();
    }
}
