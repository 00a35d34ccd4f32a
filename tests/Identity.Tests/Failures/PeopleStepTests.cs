using Identity.Domain.Failures;
using Identity.Tests.Delegation;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Identity.Tests.Linking;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Failures;

/// <summary>Sign-ins that fail behind the first proof: at the second factor, at the capacity, at the linking of accounts. Each has its steps, and a code where a page ends it.</summary>
public sealed class PeopleStepTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Too_many_wrong_codes_end_in_a_code_that_tells_every_try(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        visitor.Forget();
        var page = await visitor.SignInForAsync(2);
        for (var i = 0; i < 5; i++) page = await visitor.TypeCodeAsync(page, "000000");
        Assert.Null(page.Document.QuerySelector(".ref"));

        page = await visitor.TypeCodeAsync(page, "000000");

        var reference = ShownError.ReferenceOf(page);
        // Whoever goes on typing meanwhile has the same failure and the same code.
        Assert.Equal(reference, ShownError.ReferenceOf(await visitor.TypeCodeAsync(page, "000000")));
        var report = await LookUpAsync(provider, reference);
        Assert.Equal((FailureEnding.Problem, "FactorPaused", "rp"), (report.Record!.Ending, report.Record.Problem, report.Record.ClientId));
        Assert.Equal(["local", "ok", .. Enumerable.Repeat("app_Wrong", 5), "FactorPaused"], report.Steps.Select(s => s.Outcome));
        Assert.Equal([SignInStep.Chosen, SignInStep.SignedIn], report.Steps.Take(2).Select(s => s.Step));
        Assert.All(report.Steps.Skip(2), step => Assert.Equal(SignInStep.Factor, step.Step));
        Assert.Equal(FailureFixer.Person, report.Advice.Fixer);
        Assert.Equal("signin.paused", Assert.Single(report.Entries).Name);
    }

    [Fact]
    public async Task A_refused_passkey_is_a_step_of_the_sign_in_that_goes_on()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        var page = await site.ChooserAsync(visitor);
        page = await visitor.SendAsync(page, "{}");
        await visitor.Browser.SubmitAsync(page, "/cancel");
        var record = await site.Provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync());
        Assert.Equal((SignInStep.Judged, "PasskeyRefused"), SignInSteps.Read(record.Steps).Select(s => (s.Step, s.Outcome)).Single());
    }

    [Fact]
    public async Task An_application_that_asks_for_more_than_anybody_has_leaves_the_steps_without_a_code()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        Assert.Equal("unmet_authentication_requirements", (await visitor.SignInForAsync(4)).Answer["error"]);
        var record = await provider.InDatabaseAsync(db => db.FailureRecords.SingleAsync());
        Assert.Equal((FailureEnding.Refused, "CannotSatisfy", null), (record.Ending, record.Problem, record.Reference));
        Assert.Equal(SignInStep.SignedIn, SignInSteps.Read(record.Steps)[^1].Step);
        Assert.True(FailureAdvice.Knows("CannotSatisfy"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_has_no_capacity_that_the_application_takes_reads_a_code(Engine engine)
    {
        using var person = await ActingPerson.NewAsync(engine);
        var page = await person.AskAsync("rp-office");
        Assert.EndsWith("/missing", page.Address.AbsolutePath, StringComparison.Ordinal);
        var reference = ShownError.ReferenceOf(page);
        Assert.Equal(reference, ShownError.ReferenceOf(await person.Browser.GetAsync(page.Address.AbsoluteUri)));
        var report = await LookUpAsync(person.Provider, reference);
        Assert.Equal(("NoCapacity", SignInStep.Persona), (report.Record!.Problem, report.Steps[^1].Step));
        // It goes on where it was, once there is one.
        await person.OfficialAsync();
        var answer = await person.Browser.SubmitAsync(page, "/acting-for/retry");
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), answer.Text);
    }

    [Fact]
    public async Task The_chosen_capacity_is_a_step_by_its_kind_and_never_by_its_name()
    {
        using var person = await ActingPerson.NewAsync(Engine.Sqlite);
        var company = await person.OfficerAsync("Công ty TNHH Canary");
        var page = await person.AskAsync("rp-business");
        // Only one is left here, so it is settled in silence; the application that takes everybody asks.
        page = await person.AskAsync("rp-acting");
        page = await person.Browser.SubmitAsync(page, "/acting-for");
        page = await person.Browser.SubmitAsync(page, "/acting-for", ("capacity", Identity.Domain.Delegation.Capacity.IdOf(company)));
        Assert.NotNull(page.LeftFor);
        var steps = await person.Provider.InDatabaseAsync(db => db.PendingAuthentications.Where(p => p.CapacityAnsweredBy == person.Id && p.ClientId == "rp-acting").Select(p => p.Steps).SingleAsync());
        Assert.Equal(["none_chosen", "Representative"], SignInSteps.Read(steps).Where(s => s.Step == SignInStep.Persona).Select(s => s.Outcome));
        Assert.DoesNotContain("Canary", steps, StringComparison.OrdinalIgnoreCase);
    }

    internal static async Task<FailureReport> LookUpAsync(TestProvider provider, string reference)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<FailureTimeline>().LookUpAsync(reference, CancellationToken.None);
        Assert.NotNull(report?.Record);
        return report;
    }
}
