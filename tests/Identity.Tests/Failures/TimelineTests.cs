using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Identity.Sandbox.People;
using Identity.Server.Login;
using Identity.Server.Pages.SignIn;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Failures;

/// <summary>What stands behind the code that a person reads out: every step, when, and why it went no further. Nobody's name.</summary>
public sealed class TimelineTests(FederationFixture eid) : IClassFixture<FederationFixture>
{
    /// <summary>The switches of the sandbox under which a sign-in fails, and the step at which it does.</summary>
    public static TheoryData<string, string, SignInStep, FailureFixer> Failures { get; } = new()
    {
        { "slow", "TimedOut", SignInStep.Judged, FailureFixer.Upstream },
        { "down", "Unreachable", SignInStep.Judged, FailureFixer.Upstream },
        { "wrong_signature", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "wrong_issuer", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "wrong_audience", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "wrong_nonce", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "stale_iat", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "replayed_code", "CodeRefused", SignInStep.Judged, FailureFixer.Person },
        { "missing_claim", "MissingData", SignInStep.Judged, FailureFixer.Upstream },
        { "malformed", "NotGenuine", SignInStep.Judged, FailureFixer.Upstream },
        { "user_cancels", "Cancelled", SignInStep.Judged, FailureFixer.Person },
        { "level_too_low", "LevelTooLow", SignInStep.SignedIn, FailureFixer.Person },
    };

    [Fact]
    public void Every_switch_that_fails_a_sign_in_is_here() =>
        Assert.Equal(VnConnectFailureTests.Failures.Where(row => row[1] is not null).Select(row => (string)row[0]!).Order(), Failures.Select(row => (string)row[0]).Order());

    [Theory, MemberData(nameof(Failures))]
    public async Task Each_failure_of_the_e_ID_leaves_its_steps(string failure, string problem, SignInStep at, FailureFixer fixer)
    {
        using var browser = eid.NewBrowser();
        var page = await eid.ReturnAsync(browser, failure == "level_too_low" ? "noemail" : "trung", failure, client: "strict");
        if (FederationFixture.IsFirst(page)) page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        var report = await LookUpAsync(ShownError.ReferenceOf(page));
        Assert.Equal((FailureEnding.Problem, problem, "strict", eid.Connector), (report.Record!.Ending, report.Record.Problem, report.Record.ClientId, report.Record.Connector));
        Assert.Equal([SignInStep.Chosen, SignInStep.Left, SignInStep.Back], report.Steps.Take(3).Select(s => s.Step));
        Assert.Equal((at, problem), (report.Steps[^1].Step, report.Steps[^1].Outcome));
        Assert.All(report.Steps.SkipLast(1).Skip(1), step => Assert.Equal("ok", step.Outcome));
        Assert.Equal(report.Steps.Select(s => s.After), report.Steps.Select(s => s.After).Order());
        Assert.Equal(fixer, report.Advice.Fixer);
    }

    [Fact]
    public async Task A_declined_first_sign_in_and_a_cancel_on_our_page_leave_theirs()
    {
        using var browser = eid.NewBrowser();
        var page = await eid.ReturnAsync(browser, "le-mot");
        Assert.True(FederationFixture.IsFirst(page), page.Text);
        page = await browser.SubmitAsync(page, "/first", ("answer", "no"));
        var declined = await LookUpAsync(ShownError.ReferenceOf(page));
        Assert.Equal((SignInStep.Linked, "DeclinedFirst"), (declined.Steps[^1].Step, declined.Steps[^1].Outcome));
        await browser.SubmitAsync(page, "/cancel");
        var abandoned = await eid.Provider.InDatabaseAsync(db => db.FailureRecords.OrderByDescending(f => f.At).FirstAsync(f => f.Ending == FailureEnding.Abandoned));
        Assert.Null(abandoned.Reference);
        Assert.Contains("Back+", abandoned.Steps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_arrives_leaves_nothing()
    {
        var before = await eid.Provider.InDatabaseAsync(db => db.FailureRecords.CountAsync());
        using var browser = eid.NewBrowser();
        await eid.TokensAsync(browser, "binh");
        Assert.Equal(before, await eid.Provider.InDatabaseAsync(db => db.FailureRecords.CountAsync()));
    }

    [Fact]
    public async Task M9_No_record_says_who_it_was()
    {
        using var browser = eid.NewBrowser();
        await eid.ReturnAsync(browser, "full", "missing_claim");
        using var local = eid.Provider.NewBrowser();
        var refused = await Someone.SignInAsync(local, await eid.Rp().AuthorizeAsync(local, ("login_hint", "canary-hint")), "canary-name", "canary-password");
        await local.SubmitAsync(refused, "/cancel");
        var all = string.Join('\n', await eid.Provider.InDatabaseAsync(db => db.FailureRecords.Select(f => f.Steps + f.Problem + f.ClientId + f.Connector).ToListAsync()));
        Assert.DoesNotContain("canary", all, StringComparison.OrdinalIgnoreCase);
        foreach (var person in SyntheticPeople.All)
            foreach (var fact in (string?[])[person.FullName.Length > 6 ? person.FullName : null, person.Number, person.Phone, person.Email])
                if (fact is not null) Assert.DoesNotContain(fact, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_look_is_written_down_and_an_unknown_code_as_well()
    {
        using var browser = eid.NewBrowser();
        var reference = ShownError.ReferenceOf(await eid.ReturnAsync(browser, "trung", "user_cancels"));
        Assert.Equal(reference, (await LookUpAsync(reference.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant())).Reference);
        await using var scope = eid.Provider.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "command:desk";
        Assert.Null(await scope.ServiceProvider.GetRequiredService<FailureTimeline>().LookUpAsync("AB-000-000-000", CancellationToken.None));
        Assert.Null(await scope.ServiceProvider.GetRequiredService<FailureTimeline>().LookUpAsync("'; DROP TABLE people", CancellationToken.None));
        var looks = await eid.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == FailureTimeline.Looked).ToListAsync());
        Assert.Contains(looks, a => a.Reference == reference && a.Reason is null);
        Assert.Contains(looks, a => a is { Reference: "AB-000-000-000", Reason: "unknown", Actor: "command:desk" });
    }

    [Fact]
    public void Every_problem_that_a_page_can_show_has_advice_for_the_desk() =>
        Assert.All(Enum.GetNames<ProblemKind>().Append(LoginProblems.Expired), problem => Assert.True(FailureAdvice.Knows(problem), problem));

    [Fact]
    public void Steps_that_go_on_for_ever_keep_their_beginning_and_their_end()
    {
        string? steps = null;
        for (var i = 0; i < 1_000; i++) steps = SignInSteps.Add(steps, SignInStep.Chosen, TimeSpan.FromSeconds(i), i == 0 ? "first" : $"round-{i}");
        Assert.True(steps!.Length <= 2_000);
        Assert.Equal(("first", "round-999"), (SignInSteps.Read(steps)[0].Outcome, SignInSteps.Read(steps)[^1].Outcome));
    }

    [Theory]
    [InlineData("ok Token+1=ok", "okToken1ok")]
    [InlineData("Nguyễn Thị Ẩn", "NguynThn")]
    [InlineData("", "unknown")]
    public void What_is_no_word_of_ours_does_not_become_a_step(string outcome, string kept) =>
        Assert.Equal(kept, Assert.Single(SignInSteps.Read(SignInSteps.Add(null, SignInStep.Judged, TimeSpan.Zero, outcome))).Outcome);

    private async Task<FailureReport> LookUpAsync(string reference)
    {
        await using var scope = eid.Provider.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<FailureTimeline>().LookUpAsync(reference, CancellationToken.None);
        Assert.NotNull(report?.Record);
        return report;
    }
}
