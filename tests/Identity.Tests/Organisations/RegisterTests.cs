using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Server.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>The business register, its sandbox twin on the other side: who is recognised, who is not, and what its changes end.</summary>
public sealed class RegisterTests
{
    private const string An = "999168000001";
    private const string Full = "999079000009";

    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Whoever_the_register_names_as_officer_has_the_standing_after_the_sign_in(Engine engine)
    {
        await using var stage = await RegisterStage.StartAsync(engine);
        using var browser = stage.Eid.NewBrowser();
        await stage.Eid.TokensAsync(browser, "an");
        var person = await stage.PersonAsync("an");

        await Eventually.IsTrueAsync(async () => (await stage.Provider.StandingsAsync(person)).Count == 3, "the register was asked");

        var codes = await stage.CodesAsync(person);
        Assert.Equal(["9900000016", "9900000030", "9900000111"], codes);
        Assert.All(await stage.Provider.StandingsAsync(person), s => Assert.Equal((AffiliationKind.LegalRepresentative, RepresentationStrength.RegisteredOfficer, "dkkd"), (s.Kind, s.Strength, s.Source)));
        var organisations = await stage.Provider.InDatabaseAsync(db => db.Organisations.AsNoTracking().ToListAsync());
        Assert.Equal(OrganisationState.Dissolved, organisations.Single(o => o.TaxCode == "9900000111").State);
        Assert.Equal(organisations.Single(o => o.TaxCode == "9900000016").Id, organisations.Single(o => o.TaxCode == "9900000016-001").ParentId);
        Assert.Contains("standing.began", await stage.Provider.TrailAsync(person));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task An_equal_number_with_another_birth_date_or_a_weak_proof_gives_nothing_and_is_written_down(Engine engine)
    {
        await using var stage = await RegisterStage.StartAsync(engine);
        var full = await stage.Provider.CitizenAsync(Full, "1979-10-20");
        Assert.Equal(RegisterVisit.Answered, await stage.AskAsync(full));
        Assert.Equal(["9900000030"], await stage.CodesAsync(full));
        Assert.Contains("standing.refused partial_match", await stage.Provider.TrailAsync(full));

        var yearOnly = await stage.Provider.CitizenAsync(An, "1968");
        Assert.Equal(RegisterVisit.Answered, await stage.AskAsync(yearOnly));
        Assert.Empty(await stage.Provider.StandingsAsync(yearOnly));

        var weak = await stage.Provider.CitizenAsync("999155000010", "1955-07-07", Identity.Protocols.Federation.ProofingLevel.Level01);
        Assert.Equal(RegisterVisit.NotProofed, await stage.AskAsync(weak));
        Assert.Empty(await stage.Provider.StandingsAsync(weak));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task Whom_the_register_names_no_more_is_suspended_with_every_mandate_and_comes_back_without_them(Engine engine)
    {
        await using var stage = await RegisterStage.StartAsync(engine);
        var (an, accountant) = (await stage.Provider.CitizenAsync(An, "1968-09-05"), await stage.Provider.CitizenAsync("999090000002", "1990-01-31"));
        await stage.AskAsync(an);
        var (standing, mandate) = await stage.GiveMandateAsync(an, accountant, "9900000016");

        await stage.ChangeAsync("9900000016", ("action", "remove"), ("number", An), ("silent", "1"));
        await stage.RefreshAsync("9900000016");

        Assert.Equal(StandingEndReason.LeftByRegister, (await stage.Provider.StandingsAsync(an)).Single(s => s.Id == standing).SuspendReason);
        Assert.Equal(StandingEndReason.LeftByRegister, await stage.Provider.InDatabaseAsync(db => db.Mandates.Where(m => m.Id == mandate).Select(m => m.SuspendReason).SingleAsync()));
        Assert.Contains("mandate.suspended left_by_register", await stage.Provider.TrailAsync(accountant));

        await stage.ChangeAsync("9900000016", ("action", "add"), ("person", "an"), ("role", "Người đại diện theo pháp luật"), ("silent", "1"));
        await stage.RefreshAsync("9900000016");
        Assert.Null((await stage.Provider.StandingsAsync(an)).Single(s => s.Id == standing).SuspendedAt);
        Assert.NotNull(await stage.Provider.InDatabaseAsync(db => db.Mandates.Where(m => m.Id == mandate).Select(m => m.SuspendedAt).SingleAsync()));
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task A_dissolved_company_keeps_its_people_for_reading_and_lets_nobody_act(Engine engine)
    {
        await using var stage = await RegisterStage.StartAsync(engine);
        var (an, accountant) = (await stage.Provider.CitizenAsync(An, "1968-09-05"), await stage.Provider.CitizenAsync("999090000002", "1990-01-31"));
        await stage.AskAsync(an);
        var (standing, mandate) = await stage.GiveMandateAsync(an, accountant, "9900000016");

        await stage.ChangeAsync("9900000016", ("action", "state"), ("state", "Đã giải thể"), ("silent", "1"));
        await stage.RefreshAsync("9900000016");

        Assert.True((await stage.Provider.StandingsAsync(an)).Single(s => s.Id == standing).IsLiveAt(DateTimeOffset.UtcNow));
        Assert.Equal(StandingEndReason.OrganisationDissolved, await stage.Provider.InDatabaseAsync(db => db.Mandates.Where(m => m.Id == mandate).Select(m => m.SuspendReason).SingleAsync()));
        var capacity = await stage.Provider.DoAsync<CapacityDirectory, Capacity?>(c => c.FindUsableAsync(an, Capacity.IdOfStanding(standing), null, default));
        Assert.True(capacity is null || capacity.IsReadOnly);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("slow")]
    [InlineData("malformed")]
    [InlineData("redirect")]
    public async Task A_register_that_does_not_answer_changes_nothing_and_stops_no_sign_in(string failure)
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        var an = await stage.Provider.CitizenAsync(An, "1968-09-05");
        await stage.AskAsync(an);
        var before = await stage.CodesAsync(an);
        await stage.FailAsync(failure);

        Assert.Equal(RegisterVisit.Unreachable, await stage.AskAsync(an));
        await stage.RefreshAsync("9900000016");
        Assert.Equal(before, await stage.CodesAsync(an));
        Assert.All(await stage.Provider.StandingsAsync(an), s => Assert.Null(s.SuspendedAt));
        using var browser = stage.Eid.NewBrowser();
        Assert.Equal(200, (await stage.Eid.TokensAsync(browser, "binh")).Status);
        Assert.NotNull(await stage.Provider.InDatabaseAsync(db => db.RegisterInquiries.Where(i => i.PersonId == an).Select(i => i.Failure).SingleAsync()));
    }

    [Fact]
    public async Task An_answer_about_another_company_changes_nobodys_rights()
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        var an = await stage.Provider.CitizenAsync(An, "1968-09-05");
        await stage.AskAsync(an);
        await stage.FailAsync("wrong_company");
        await stage.RefreshAsync("9900000016");
        Assert.All(await stage.Provider.StandingsAsync(an), s => Assert.Null(s.SuspendedAt));
    }

    [Fact]
    public async Task What_is_used_is_asked_about_within_five_minutes_and_by_one_node()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var an = await provider.CitizenAsync(An, "1968-09-05");
        var now = clock.GetUtcNow();
        var organisation = new Organisation { TaxCode = "9900000016", Name = "Công ty TNHH Mẫu", Source = "dkkd", RefreshedAt = now, CreatedAt = now };
        await provider.InDatabaseAsync(db =>
        {
            db.Add(organisation);
            db.Affiliations.Add(new() { PersonId = an, OrganisationId = organisation.Id, Kind = AffiliationKind.LegalRepresentative, Source = "dkkd", SourceKey = "k", ValidFrom = now, CreatedAt = now });
            return db.SaveChangesAsync();
        });
        Task<List<Guid>> DueAsync() => provider.DoAsync<RegisterTimetable, List<Guid>>(t => t.DueAsync(10, default));
        Task<Organisation?> ClaimAsync() => provider.DoAsync<RegisterTimetable, Organisation?>(t => t.ClaimAsync(organisation.Id, default));

        Assert.Empty(await DueAsync());
        clock.Advance(TimeSpan.FromMinutes(4.5));
        Assert.Single(await DueAsync());
        Assert.NotNull(await ClaimAsync());
        Assert.Null(await ClaimAsync());
        Assert.Empty(await DueAsync());
        // Whoever claimed it died.
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await DueAsync());
    }

    [Fact]
    public async Task An_answer_that_is_older_than_what_is_known_undoes_nothing()
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        var an = await stage.Provider.CitizenAsync(An, "1968-09-05");
        await stage.AskAsync(an);
        var said = new Identity.Protocols.Federation.RegisteredOrganisation("9900000016", "Công ty TNHH Mẫu An Bình", Identity.Protocols.Federation.RegisteredState.Active, [], []);
        Task<bool> ApplyAsync(DateTimeOffset asked) => stage.Provider.DoAsync<BusinessRegister, bool>(async book =>
        {
            await book.ApplyAsync(new RegisterQuestion("dkkd", asked, ReportsNearMisses: false), said, default);
            return true;
        });

        await ApplyAsync(DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.DoesNotContain(await stage.Provider.StandingsAsync(an), s => s.SuspendedAt is not null);
        await ApplyAsync(DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains(await stage.Provider.StandingsAsync(an), s => s.SuspendedAt is not null);
    }

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task An_event_that_the_register_pushes_suspends_at_once(Engine engine)
    {
        await using var stage = await RegisterStage.StartAsync(engine);
        var an = await stage.Provider.CitizenAsync(An, "1968-09-05");
        await stage.AskAsync(an);

        await stage.ChangeAsync("9900000030", ("action", "remove"), ("number", An));

        Assert.Equal(202, await stage.LastEventAsync());
        Assert.Equal(["9900000030"], await stage.SuspendedAsync(an));
    }

    [Fact]
    public async Task An_event_while_the_register_cannot_be_asked_is_kept_until_it_can()
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        var an = await stage.Provider.CitizenAsync(An, "1968-09-05");
        await stage.AskAsync(an);
        await stage.FailAsync("down");
        await stage.ChangeAsync("9900000030", ("action", "remove"), ("number", An));
        Assert.Equal(202, await stage.LastEventAsync());
        Assert.Empty(await stage.SuspendedAsync(an));

        await stage.FailAsync("none");
        await stage.Provider.InDatabaseAsync(db => db.Organisations.ExecuteUpdateAsync(set => set.SetProperty(o => o.AskNotBefore, DateTimeOffset.UtcNow)));
        var due = await stage.Provider.DoAsync<RegisterTimetable, List<Guid>>(t => t.DueAsync(10, default));
        await stage.Provider.DoAsync<RegisterDesk, bool>(async desk =>
        {
            foreach (var id in due) await desk.RefreshAsync(id, default);
            return true;
        });
        Assert.Equal(["9900000030"], await stage.SuspendedAsync(an));
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/secevent+jwt", 400)]
    public async Task A_push_that_is_no_event_is_refused(string contentType, int status)
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        foreach (var body in (string[])["", "x", "a.b.c", new string('a', 70_000)])
        {
            using var content = new StringContent(body, Encoding.ASCII, contentType);
            using var reply = await stage.Provider.Http.PostAsync("/events/register", content);
            Assert.True((int)reply.StatusCode == status || (body.Length > 65_536 && reply.StatusCode == HttpStatusCode.RequestEntityTooLarge), $"{reply.StatusCode}");
        }
    }

    [Fact]
    public async Task A_client_cannot_name_a_register_as_a_way_in_and_no_page_offers_it()
    {
        await using var stage = await RegisterStage.StartAsync(Engine.Sqlite);
        var file = ClientDocument.Of("rp", c => c["connectors"] = new JsonArray("local", "dkkd"));
        var import = await stage.Provider.DoAsync<ConfigurationStore, ConfigurationImport>(store => store.ImportAsync(Encoding.UTF8.GetBytes(file), "test", null, default));
        Assert.Contains(import.Errors, e => e.Message.En.Contains("through which nobody signs in", StringComparison.Ordinal));
        using var browser = stage.Provider.NewBrowser();
        Assert.DoesNotContain((await browser.GetAsync("/account")).Forms, f => f.Action.Contains("dkkd", StringComparison.Ordinal));
    }
}
