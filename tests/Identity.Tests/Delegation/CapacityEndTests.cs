using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Tests.Conformance;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Delegation;

/// <summary>However a right to act for somebody ends: its visits are over, the applications hear of it, and whatever else the person does goes on.</summary>
public sealed class CapacityEndTests
{
    /// <summary>By whom, or by what, a mandate ends.</summary>
    private static readonly Dictionary<string, Func<ActingPerson, ActingPerson, Mandate, Task>> Ends = new()
    {
        ["taken back"] = (owner, _, mandate) => EndOnPageAsync(owner, mandate),
        ["laid down"] = (_, helper, mandate) => EndOnPageAsync(helper, mandate),
        ["ended by an operator"] = (owner, _, mandate) => owner.OfficeAsync(office => office.EndAsync(mandate.Id, "operator", byPerson: null, CancellationToken.None)),
        ["its last day has come"] = async (owner, _, mandate) =>
        {
            await owner.ChangeAsync(db => db.Mandates.Where(m => m.Id == mandate.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ValidTo, DateTimeOffset.UtcNow.AddSeconds(-1))));
            await ClearAwayAsync(owner.Provider);
        },
        ["whoever gave it is suspended"] = async (owner, _, _) =>
        {
            await Deed.SuspendAsync(owner.Provider, owner.User);
            await ClearAwayAsync(owner.Provider);
        },
    };

    public static TheoryData<Engine, string> WaysToEnd
    {
        get
        {
            var data = new TheoryData<Engine, string>();
            foreach (var engine in Engines.All)
            foreach (var way in Ends.Keys) data.Add(engine, way);
            return data;
        }
    }

    [Theory, MemberData(nameof(WaysToEnd))]
    public async Task L19_A_mandate_that_ends_takes_its_visits_along_and_nothing_else(Engine engine, string way)
    {
        using var owner = await ActingPerson.NewAsync(engine);
        using var helper = await ActingPerson.NewAsync(owner.Provider);
        var company = await helper.OfficerAsync("Công ty TNHH Riêng");
        var mandate = await owner.GiveAsync(helper, services: "rp-acting");
        var acting = await helper.TokensAsync("rp-acting", Capacity.IdOf(mandate), ("scope", "openid offline_access"));
        var self = await helper.TokensAsync("rp", Capacity.SelfId);
        var business = await helper.TokensAsync("rp-business", Capacity.IdOf(company), ("scope", "openid"));
        using var elsewhere = new SecondBrowser(helper);
        var there = await elsewhere.TokensAsync("rp-acting", Capacity.SelfId);

        await Ends[way](owner, helper, mandate);

        Assert.Equal(401, (await helper.Rp("rp-acting").UserInfoAsync(acting.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await helper.Rp("rp-acting").TokenAsync(helper.Rp("rp-acting").Refresh(acting.RefreshToken))).Error);
        Assert.Equal(["rp-acting"], await OwedAsync(helper));
        Assert.Equal(200, (await helper.Rp("rp").UserInfoAsync(self.AccessToken)).Status);
        Assert.Equal(200, (await helper.Rp("rp-business").UserInfoAsync(business.AccessToken)).Status);
        Assert.Equal(200, (await helper.Rp("rp-acting").UserInfoAsync(there.AccessToken)).Status);
        // The session goes on and what it chose elsewhere is remembered; here it is asked anew.
        Assert.True((await helper.AskAsync("rp-business", ("prompt", "none"), ("scope", "openid"))).Answer.ContainsKey("code"));
        Assert.Equal("interaction_required", (await helper.AskAsync("rp-acting", ("prompt", "none"))).Answer["error"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L19_What_was_passed_on_ends_with_the_step_above_it_and_its_applications_hear_of_it(Engine engine)
    {
        using var officer = await ActingPerson.NewAsync(engine);
        using var accountant = await ActingPerson.NewAsync(officer.Provider);
        using var clerk = await ActingPerson.NewAsync(officer.Provider);
        var standing = await officer.OfficerAsync();
        var first = await officer.GiveAsync(accountant, Capacity.IdOf(standing), "rp-acting", steps: 1);
        var second = await accountant.GiveAsync(clerk, Capacity.IdOf(first), "rp-acting");
        var own = await officer.TokensAsync("rp-acting", Capacity.IdOf(standing));
        await accountant.TokensAsync("rp-acting", Capacity.IdOf(first));
        var below = await clerk.TokensAsync("rp-acting", Capacity.IdOf(second));

        // In the middle of the chain somebody is no longer active: what they hold and what they passed on is over.
        await Deed.SuspendAsync(officer.Provider, accountant.User);
        await ClearAwayAsync(officer.Provider);

        Assert.Equal(401, (await clerk.Rp("rp-acting").UserInfoAsync(below.AccessToken)).Status);
        Assert.Equal(["rp-acting"], await OwedAsync(clerk));
        Assert.Equal(StandingEndReason.GrantorLost, await officer.Provider.InDatabaseAsync(db => db.Mandates.Where(m => m.Id == second.Id).Select(m => m.SuspendReason).SingleAsync()));
        Assert.Equal(200, (await officer.Rp("rp-acting").UserInfoAsync(own.AccessToken)).Status);
        Assert.Empty(await OwedAsync(officer));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_right_whose_day_has_come_is_shown_as_over_and_both_sides_are_told_once(Engine engine)
    {
        using var owner = await ActingPerson.NewAsync(engine);
        using var helper = await ActingPerson.NewAsync(owner.Provider);
        var mandate = await owner.GiveAsync(helper);
        await Ends["its last day has come"](owner, helper, mandate);
        await ClearAwayAsync(owner.Provider);

        var page = await helper.AskAsync("rp-business");
        Assert.Contains("đã hết hạn", page.Text, StringComparison.Ordinal);
        var told = await owner.Provider.InDatabaseAsync(db => db.Notices.Where(n => n.About == mandate.Id && n.Kind == Domain.Notices.NoticeKind.MandateEnded).Select(n => n.PersonId).ToListAsync());
        Assert.Equal(new[] { owner.Id, helper.Id }.Order(), told.Order());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L19_A_standing_by_invitation_that_either_side_ends_takes_its_visits_along(Engine engine)
    {
        foreach (var byOfficer in (bool[])[true, false])
        {
            using var officer = await ActingPerson.NewAsync(engine);
            using var employee = await ActingPerson.NewAsync(officer.Provider);
            var office = await officer.OfficerAsync();
            var standing = await EmployAsync(employee, office.OrganisationId!.Value);
            var work = await employee.TokensAsync("rp-acting", Capacity.IdOf(standing), ("scope", "openid offline_access"));
            var self = await employee.TokensAsync("rp", Capacity.SelfId);

            Assert.True(await officer.Provider.DoAsync<StandingOffice, bool>(o => o.EndAsync(standing.Id, byOfficer ? officer.Id : employee.Id, CancellationToken.None)));

            Assert.Equal(401, (await employee.Rp("rp-acting").UserInfoAsync(work.AccessToken)).Status);
            Assert.Equal("invalid_grant", (await employee.Rp("rp-acting").TokenAsync(employee.Rp("rp-acting").Refresh(work.RefreshToken))).Error);
            Assert.Equal(["rp-acting"], await OwedAsync(employee));
            Assert.Equal(200, (await employee.Rp("rp").UserInfoAsync(self.AccessToken)).Status);
            Assert.Contains($"standing.ended {(byOfficer ? StandingEndReason.Withdrawn : StandingEndReason.LaidDown)}", await officer.Provider.TrailAsync(employee.Id));
            Assert.Equal(byOfficer, (await officer.Provider.TrailAsync(officer.Id)).Contains("standing.withdrawn"));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L19_While_the_register_calls_a_business_paused_nobody_acts_and_the_applications_hear_of_it(Engine engine)
    {
        using var officer = await ActingPerson.NewAsync(engine);
        using var employee = await ActingPerson.NewAsync(officer.Provider);
        using var helper = await ActingPerson.NewAsync(officer.Provider);
        var office = await officer.OfficerAsync("Công ty TNHH Tạm nghỉ");
        var standing = await EmployAsync(employee, office.OrganisationId!.Value);
        var mandate = await officer.GiveAsync(helper, Capacity.IdOf(office));
        var work = await employee.TokensAsync("rp-acting", Capacity.IdOf(standing));
        await helper.TokensAsync("rp-acting", Capacity.IdOf(mandate));
        var self = await employee.TokensAsync("rp", Capacity.SelfId);

        await SayAsync(officer, office.OrganisationId.Value, RegisteredState.Suspended);

        Assert.Equal(401, (await employee.Rp("rp-acting").UserInfoAsync(work.AccessToken)).Status);
        foreach (var person in (ActingPerson[])[employee, helper]) Assert.Equal(["rp-acting"], await OwedAsync(person));
        Assert.Equal(200, (await employee.Rp("rp").UserInfoAsync(self.AccessToken)).Status);
        await SayAsync(officer, office.OrganisationId.Value, RegisteredState.Active);
        await employee.TokensAsync("rp-acting", Capacity.IdOf(standing));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L19_With_the_end_of_a_business_only_reading_goes_on_where_it_is_heeded(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.ImportAsync(ClientDocument.Of("rp-acting", c =>
            (c["client_id"], c["redirect_uris"], c["initiate_login_uri"], c["post_logout_redirect_uris"], c["accepts_read_only"]) =
            ("rp-reader", new System.Text.Json.Nodes.JsonArray("https://rp-reader.example/cb"), "https://rp-reader.example/start", new System.Text.Json.Nodes.JsonArray("https://rp-reader.example/out"), true)));
        using var officer = await ActingPerson.NewAsync(provider);
        using var employee = await ActingPerson.NewAsync(provider);
        var office = await officer.OfficerAsync("Công ty TNHH Giải thể");
        var standing = await EmployAsync(employee, office.OrganisationId!.Value);
        var acting = await employee.TokensAsync("rp-acting", Capacity.IdOf(standing));
        var reading = await employee.TokensAsync("rp-reader", Capacity.IdOf(standing));

        await SayAsync(officer, office.OrganisationId.Value, RegisteredState.Dissolved);

        Assert.Equal(401, (await employee.Rp("rp-acting").UserInfoAsync(acting.AccessToken)).Status);
        Assert.Equal(["rp-acting"], await OwedAsync(employee));
        var told = (await employee.Rp("rp-reader").UserInfoAsync(reading.AccessToken)).Json;
        Assert.True(told.GetProperty("capacity").GetProperty("read_only").GetBoolean());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_application_is_told_over_the_wire_which_session_has_lost_its_right(Engine engine)
    {
        await using var application = await ListeningApplication.StartAsync();
        await using var provider = await TestProvider.StartAsync(engine);
        await provider.ImportAsync(application.Registration.Replace("\"connectors\"", "\"accepts_capacities\": [\"citizen\", \"helper\"], \"connectors\"", StringComparison.Ordinal));
        using var owner = await ActingPerson.NewAsync(provider);
        using var helper = await ActingPerson.NewAsync(provider);
        var mandate = await owner.GiveAsync(helper);
        var rp = application.RelyingParty(provider);
        var page = await Someone.SignInAsync(helper.Browser, await rp.AuthorizeAsync(helper.Browser, ("scope", "openid")), helper.User);
        var answer = await helper.ChooseAsync(page, Capacity.IdOf(mandate));
        var tokens = await rp.TokenAsync(rp.Exchange(answer.Answer["code"]));

        await EndOnPageAsync(owner, mandate);

        var said = TestReply.Read((await application.NextAsync()).Form["logout_token"]);
        Assert.Equal(TestReply.Read(tokens.IdToken).GetClaim("sid").Value, said.GetClaim("sid").Value);
        await Eventually.IsTrueAsync(() => provider.InDatabaseAsync(db => db.LogoutDeliveries.AllAsync(d => d.State == LogoutDeliveryState.Delivered)), "the delivery is recorded");
        Assert.True(application.IsQuiet);
    }

    private static async Task EndOnPageAsync(ActingPerson person, Mandate mandate)
    {
        await person.Rp("rp").CodeAsync(person.Browser, person.User);
        var page = await person.Browser.GetAsync("/account/acting-for");
        var form = page.Forms.Single(f => f.QuerySelector($"input[value='{mandate.Id}']") is not null);
        await person.Browser.PostAsync("/account/acting-for", form.Elements.OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value)));
    }

    /// <summary>What the node does four times a minute, until nothing is due; the provider's own round may be at it.</summary>
    private static Task ClearAwayAsync(TestProvider provider) =>
        Eventually.IsTrueAsync(async () => await provider.DoAsync<DueEnds, int?>(due => due.EndAsync(CancellationToken.None)) == 0, "nothing is due");

    /// <summary>Applications that are owed a logout because of this person.</summary>
    private static Task<List<string>> OwedAsync(ActingPerson person) => person.Provider.InDatabaseAsync(db => db.LogoutDeliveries
        .Join(db.Sessions.Where(s => s.PersonId == person.Id), d => d.SessionId, s => s.Id, (d, s) => d.ClientId).OrderBy(c => c).ToListAsync());

    private static async Task<Affiliation> EmployAsync(ActingPerson employee, Guid organisationId)
    {
        var now = DateTimeOffset.UtcNow;
        var standing = new Affiliation
        {
            PersonId = employee.Id, OrganisationId = organisationId, Kind = AffiliationKind.Employee, Strength = RepresentationStrength.ConfirmedByAdministrator,
            Source = AffiliationSource.Invitation, ValidFrom = now.AddDays(-1), CreatedAt = now, ConfirmedByOrganisationAt = now, ConfirmedByPersonAt = now,
        };
        await employee.Provider.DoAsync<StandingOffice, bool>(async office =>
        {
            await office.GiveAsync(standing, "Công ty TNHH Mẫu", CancellationToken.None);
            return true;
        });
        return standing;
    }

    /// <summary>The register's word about the business. The standings there are not from it, so it ends none of them.</summary>
    private static async Task SayAsync(ActingPerson officer, Guid organisationId, RegisteredState state)
    {
        await officer.ChangeAsync(db => db.Affiliations.Where(a => a.OrganisationId == organisationId && a.Source == "test").ExecuteUpdateAsync(set => set.SetProperty(a => a.Source, StandingOffice.Operator)));
        var organisation = await officer.Provider.InDatabaseAsync(db => db.Organisations.AsNoTracking().SingleAsync(o => o.Id == organisationId));
        await officer.Provider.DoAsync<BusinessRegister, bool>(async register =>
        {
            await register.ApplyAsync(new("test", DateTimeOffset.UtcNow, ReportsNearMisses: false), new RegisteredOrganisation(organisation.TaxCode, organisation.Name, state, [], []), CancellationToken.None);
            return true;
        });
    }

    /// <summary>The same person at another computer.</summary>
    private sealed class SecondBrowser(ActingPerson person) : IDisposable
    {
        private readonly TestBrowser _browser = person.Provider.NewBrowser();

        public async Task<TestReply> TokensAsync(string client, string capacity)
        {
            var page = await Someone.SignInAsync(_browser, await person.Rp(client).AuthorizeAsync(_browser), person.User);
            var answer = await _browser.SubmitAsync(page, "/acting-for", ("capacity", capacity));
            return await person.RedeemAsync(client, answer);
        }

        public void Dispose() => _browser.Dispose();
    }
}
