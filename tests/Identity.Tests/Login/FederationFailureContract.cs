using Identity.Sandbox.Failures;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

public sealed class VnConnectFailureTests(FederationFixture eid) : FederationFailureContract(eid), IClassFixture<FederationFixture>
{
    /// <summary>Every switch of the sandbox, the stem of its page text and the reason in the audit row; null where the sign-in succeeds.</summary>
    public static TheoryData<string, string?, string?> Failures { get; } = new()
    {
        { "none", null, null },
        { "no_email", null, null },
        { "slow", "timed_out", "TimedOut" },
        { "down", "unreachable", "Unreachable" },
        { "wrong_signature", "not_genuine", "NotGenuine" },
        { "wrong_issuer", "not_genuine", "NotGenuine" },
        { "wrong_audience", "not_genuine", "NotGenuine" },
        { "wrong_nonce", "not_genuine", "NotGenuine" },
        { "stale_iat", "not_genuine", "NotGenuine" },
        { "replayed_code", "code_refused", "CodeRefused" },
        { "missing_claim", "missing_data", "MissingData" },
        { "level_too_low", "level_too_low", "LevelTooLow" },
        { "malformed", "not_genuine", "NotGenuine" },
        { "user_cancels", "cancelled", "Cancelled" },
    };

    [Fact]
    public void No_switch_of_the_sandbox_is_forgotten_here() =>
        Assert.Equal(FailureCatalog.At(FailureOf.OpenIdConnect).Select(f => f.Name).Order(), Failures.Select(row => (string)row[0]).Order());

    [Theory, MemberData(nameof(Failures))]
    public Task Each_failure_has_its_page_its_code_and_its_audit_row(string failure, string? text, string? reason) => FailsAsync(failure, text, reason);
}

public sealed class VNeIdFailureTests(VNeIdFixture eid) : FederationFailureContract(eid), IClassFixture<VNeIdFixture>
{
    public static TheoryData<string, string?, string?> Failures { get; } = new()
    {
        { "none", null, null },
        { "slow", "timed_out", "TimedOut" },
        { "down", "unreachable", "Unreachable" },
        { "replayed_code", "code_refused", "CodeRefused" },
        { "missing_claim", "missing_data", "MissingData" },
        { "level_too_low", "level_too_low", "LevelTooLow" },
        { "malformed", "not_genuine", "NotGenuine" },
        { "user_cancels", "cancelled", "Cancelled" },
        { "wrong_key", "not_genuine", "NotGenuine" },
        { "garbage_code", "not_genuine", "NotGenuine" },
        { "iv_missing", "not_genuine", "NotGenuine" },
        { "plain_body", "not_genuine", "NotGenuine" },
        { "unauthorized", "refused", "Refused" },
    };

    [Fact]
    public void No_switch_of_the_sandbox_is_forgotten_here() =>
        Assert.Equal(FailureCatalog.At(FailureOf.VNeId).Select(f => f.Name).Order(), Failures.Select(row => (string)row[0]).Order());

    [Theory, MemberData(nameof(Failures))]
    public Task Each_failure_has_its_page_its_code_and_its_audit_row(string failure, string? text, string? reason) => FailsAsync(failure, text, reason);
}

/// <summary>Everything that can go wrong at the e-ID ends on a page of its own, with a code that the help desk can look up; whichever connector leads there.</summary>
public abstract class FederationFailureContract(FederationFixture eid)
{
    private protected async Task FailsAsync(string failure, string? text, string? reason)
    {
        using var browser = eid.NewBrowser();
        var page = await eid.ReturnAsync(browser, PersonFor(failure), failure, client: "strict");
        if (reason == "LevelTooLow" && FederationFixture.IsFirst(page)) page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        Assert.True((int)page.Status < 400, $"{page.Status} {page.Text}");
        if (text is null)
        {
            Assert.True(FederationFixture.IsFirst(page) || page.LeftFor is not null, page.Text);
            return;
        }
        Assert.True(FederationFixture.IsProblem(page), $"{page.Address} {page.Text}");
        Assert.Equal(SignInPageTests.Text($"problem.{text}.title", ("eid", eid.Connector == "vneid" ? "VNeID (kết nối trực tiếp)" : "VNeID")), page.Heading);
        await HasCodeAsync(page, reason!);
        Assert.Null(page.LeftFor);
        Assert.Equal("access_denied", (await browser.SubmitAsync(page, "/cancel")).Answer["error"]);
    }

    [Fact]
    public async Task A_slow_e_ID_shows_a_page_that_waits_and_comes_to_an_end()
    {
        using var browser = eid.NewBrowser();
        var page = await browser.SubmitAsync(await eid.ToEidAsync(browser), "/authorize/decision", ("person", "binh"), ("failure", "slow"));
        Assert.True(FederationFixture.IsReturning(page), page.Text);
        Assert.Contains("url=/login/", page.Headers["Refresh"], StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a.go"));

        page = await FederationFixture.ArriveAsync(browser, page);

        Assert.True(FederationFixture.IsProblem(page), page.Text);
        var retry = await browser.SubmitAsync(page, $"/start/{eid.Connector}");
        // One of the two remembers who signed in to it in this browser.
        retry = retry.Address.AbsoluteUri.StartsWith(eid.EidUrl, StringComparison.Ordinal)
            ? await FederationFixture.DecideAsync(browser, retry, "binh")
            : await FederationFixture.ArriveAsync(browser, retry);
        Assert.True(FederationFixture.IsFirst(retry), retry.Text);
    }

    [Fact]
    public async Task A_waiting_page_that_nobody_answers_gives_up_after_its_rounds()
    {
        using var browser = eid.NewBrowser();
        var chooser = await eid.Rp().AuthorizeAsync(browser);
        var page = await browser.GetAsync($"{chooser.Address}/returning?round=30");
        Assert.True(FederationFixture.IsProblem(page), page.Text);
        await HasCodeAsync(page, "TimedOut");
    }

    [Fact]
    public async Task M9_Nothing_personal_and_no_secret_is_in_the_log_of_all_this()
    {
        using var browser = eid.NewBrowser();
        var tokens = await eid.TokensAsync(browser, "full", changes: ("scope", "openid profile email phone offline_access"));
        await eid.Rp().UserInfoAsync(tokens.AccessToken);
        await eid.Rp().TokenAsync(eid.Rp().Refresh(tokens.RefreshToken));
        foreach (var failure in (string[])[eid.Connector == "vneid" ? "garbage_code" : "wrong_nonce", "missing_claim", "malformed", "replayed_code"])
        {
            using var other = eid.NewBrowser();
            Assert.True(FederationFixture.IsProblem(await eid.ReturnAsync(other, "an", failure)));
        }
        using var local = eid.Provider.NewBrowser();
        await Someone.SignInAsync(local, await eid.Rp().AuthorizeAsync(local, ("login_hint", "canary-hint")), "canary-name", "canary-password");

        var secrets = new List<string> { tokens.AccessToken, tokens.RefreshToken, tokens.IdToken, TestClients.Secret, eid.Sandbox.Options.EidClientSecret, TestRelyingParty.Verifier, "canary" };
        secrets.AddRange(((TestBrowser[])[browser, local]).SelectMany(b => b.Cookies.GetAllCookies()).Where(c => c.Value.Length > 10).Select(c => c.Value));
        secrets.AddRange(SyntheticPeople.All.SelectMany(p => (string?[])[p.FullName.Length > 6 ? p.FullName : null, p.Number, p.Phone, p.Email, p.TechId, p.Business?.Name]).OfType<string>());
        var lines = eid.Provider.Log.Lines.ToArray();
        Assert.NotEmpty(lines);
        foreach (var secret in secrets)
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lines, line => line.Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task M9_The_audit_trail_names_nobody_either()
    {
        using var browser = eid.NewBrowser();
        await eid.TokensAsync(browser, "le-mot");
        var rows = await eid.Provider.InDatabaseAsync(db => db.AuditEvents.Select(e => e.Detail + " " + e.Reason + " " + e.Actor).ToListAsync());
        foreach (var person in SyntheticPeople.All)
        foreach (var fact in (string?[])[person.FullName.Length > 6 ? person.FullName : null, person.Number, person.Phone, person.Email])
            if (fact is not null) Assert.DoesNotContain(rows, row => row.Contains(fact, StringComparison.Ordinal));
    }

    /// <summary>"level_too_low" must not meet a person whom another test has made known at level 02.</summary>
    private static string PersonFor(string failure) => failure == "level_too_low" ? "noemail" : "trung";

    private async Task HasCodeAsync(TestPage page, string reason)
    {
        var reference = ShownError.ReferenceOf(page);
        Assert.Contains(eid.Provider.Log.Lines, line => line.Contains(reference, StringComparison.Ordinal));
        var row = await eid.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(e => e.Reference == reference));
        Assert.Equal(reason, row.Reason);
    }
}
