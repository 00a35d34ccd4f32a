using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Admin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Every page of the administrators, with something on it, and what their forms answer: axe, Tab key, reflow.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class EveryAdminPageTests(Chromium chromium)
{
    private const string Code = "AB-482-915-307";
    private const string Number = "999168000001";

    private readonly PageReport _report = new();

    [Theory, InlineData("vi-VN", 360), InlineData("en-US", 1280)]
    public async Task Whoever_runs_the_province_meets_no_page_that_keeps_anybody_out(string locale, int width)
    {
        await using var stage = await Stage.StartAsync();
        await using var admin = await stage.OpenAdministrationAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width));
        await using (var citizen = await chromium.VisitAsync(stage)) await citizen.SignInForTheFirstTimeAsync(stage.Portal, "an");
        var conflict = await FillAsync(admin);
        await AdministrationSignIn.ByMailAsync(visitor, "ha.dt@xa.mau.example", "xa-4");
        var unit = await admin.InDatabaseAsync(db => db.OrgUnits.Where(u => u.Code == "H99.07").Select(u => u.Id).SingleAsync());
        var application = await UnconfirmedAsync(admin, unit);

        foreach (var path in (string[])
        [
            "/", "/elevate", "/welcome", "/signout", "/statistics", "/statistics?Span=Year", "/roles", "/roles?ended=true", "/roles/give", "/announcements", "/announcements/write", "/connectors", "/connectors/vnconnect",
            "/connectors/thu-so", "/keys", "/apps", "/apps?of=unconfirmed", $"/apps/{application}", $"/apps/{application}/team", "/apps/new", "/apps/expiring", "/reviews", "/configuration", "/configuration?kind=client", "/configuration?kind=connector", "/configuration/proposals",
            "/configuration/item?kind=client&name=portal", "/configuration/history?kind=client&name=portal", "/configuration/edit?kind=client&name=portal", "/configuration/edit?kind=sector",
            "/configuration/remove?kind=client&name=documents", "/people", "/failures", $"/failures?code={Code}", "/recoveries", "/conflicts", $"/conflicts/{conflict}", "/conflicts/decided", "/units", $"/units/{unit}", "/staff/reviews",
            "/staff/import", "/audit", "/audit?Input.Event=session.started", "/no/such/page",
        ]) await SeeAsync(visitor, path, width);

        await AnswerAsync(visitor, stage, application, width);
        await AnswersAsync(visitor, stage, conflict, unit, width);
        visitor.AssertNoPolicyViolation();
        _report.AssertFaultless();
    }

    /// <summary>The yearly question of an owner: both answers, without what they need and with it.</summary>
    private async Task AnswerAsync(Visitor visitor, Stage stage, Guid application, int width)
    {
        await SendAsync(visitor, $"/apps/{application}", "form[action$='Confirm'] button", width, "#contact");
        await visitor.PressAsync("details:has(#why) summary");
        await PressAsync(visitor, "form[action$='Unused'] button", "apps-unused-without-reason", width);
        await visitor.Page.FillAsync("#why", "đã có hệ thống mới");
        await PressAsync(visitor, "form[action$='Unused'] button", "apps-unused", width);
        await visitor.Page.FillAsync("#contact", "0900 000 000");
        await PressAsync(visitor, "form[action$='Confirm'] button", "apps-confirmed", width);
        Assert.Contains("done=confirmed", visitor.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>In production, owned by the visitor, and a week overdue.</summary>
    private static Task<Guid> UnconfirmedAsync(TestAdmin admin, Guid unit) => admin.InDatabaseAsync(async db =>
    {
        var application = new Application { UnitId = unit, NameVi = "Tra cứu đất đai", NameEn = "Land look-up", SandboxClientId = "documents", ProductionClientId = "portal", State = ApplicationState.Live, CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "test", ConfirmationDueAt = DateTimeOffset.UtcNow.AddDays(-7) };
        var owner = await db.RoleAssignments.Where(r => r.Role == AdminRole.Administrator && r.PersonId != null).Select(r => r.PersonId).FirstAsync();
        db.Applications.Add(application);
        db.ApplicationMembers.Add(new() { ApplicationId = application.Id, Role = MemberRole.Owner, PersonId = owner, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" });
        await db.SaveChangesAsync();
        return application.Id;
    });

    /// <summary>Good and bad answers of the forms: what comes back keeps what was typed and says what is wrong.</summary>
    private async Task AnswersAsync(Visitor visitor, Stage stage, Guid conflict, Guid unit, int width)
    {
        await SendAsync(visitor, "/people", "form.narrow button.go", width);
        await visitor.Page.CheckAsync("#key-PersonalNumber");
        await visitor.Page.FillAsync("#text", Number);
        await visitor.Page.SelectOptionAsync("#reason", "AskedForHelp");
        await PressAsync(visitor, "form.narrow button.go", "people-found", width);
        if (await visitor.Page.Locator("section.card a.btn").CountAsync() > 0) await PressAsync(visitor, "section.card a.btn", "person", width);
        Assert.Contains("/people/", visitor.Page.Url, StringComparison.Ordinal);
        await PressAsync(visitor, "form[action$='/reveal'] button", "person-revealed", width);
        await PressAsync(visitor, "form[action$='/freeze'] button", "person-freeze-without-reason", width);
        await visitor.Page.FillAsync("#recover-case", "HS-17");
        await PressAsync(visitor, "form[action$='/recover'] button", "person-recovery-asked", width);
        await SeeAsync(visitor, "/recoveries", width);
        await visitor.OpenAsync($"{stage.Administration}/failures?code=AB-1");
        await LookAsync(visitor, "failure-no-code", width);
        await SendAsync(visitor, $"/conflicts/{conflict}", "form[action$='/propose'] button", width);
        await visitor.Page.CheckAsync("input[name='Input.Verdict'] >> nth=0");
        await visitor.Page.FillAsync("#papers", "CC-1");
        await PressAsync(visitor, "form[action$='/propose'] button", "conflict-proposed", width);

        await visitor.OpenAsync($"{stage.Administration}/configuration/edit?kind=client&name=portal");
        var document = await visitor.Page.Locator("#document").InputValueAsync();
        await visitor.Page.FillAsync("#document", document.Replace("\"sector\"", "\"sektor\"", StringComparison.Ordinal));
        await PressAsync(visitor, "button[value=check]", "configuration-wrong", width);
        await visitor.Page.FillAsync("#document", document.Replace("/callback", "/other", StringComparison.Ordinal));
        await visitor.Page.FillAsync("#reason", "kiểm thử");
        await PressAsync(visitor, "button[value=check]", "configuration-risky", width);
        await PressAsync(visitor, "button[value=propose]", "configuration-proposed", width);
        await SeeAsync(visitor, "/configuration/proposals", width);
        await visitor.OpenAsync($"{stage.Administration}/configuration/proposals");
        await PressAsync(visitor, "main table a", "configuration-proposal", width);

        await SendAsync(visitor, "/announcements/write", "button.go", width, "#vi", "#en", "#from", "#to");
        await SendAsync(visitor, "/roles/give", "form.narrow button.go", width);
        await SendAsync(visitor, "/keys", "form[action$='preview'] button", width);
        await SendAsync(visitor, "/connectors/vnconnect", "form[action$='test'] button", width);
        await visitor.OpenAsync($"{stage.Administration}/units/{unit}");
        await visitor.PressAsync("details:has(#newcode) summary");
        await PressAsync(visitor, "form:has(#newcode) button", "unit-move-incomplete", width);
        await visitor.OpenAsync($"{stage.Administration}/staff/import");
        await visitor.Page.SetInputFilesAsync("#file", new FilePayload { Name = "staff.csv", MimeType = "text/csv", Buffer = "staff_number,full_name\n1\n"u8.ToArray() });
        await PressAsync(visitor, "form[action$='/upload'] button", "staff-import-wrong", width);
        await SendAsync(visitor, "/audit", "form[action$='/verify'] button", width);
        await visitor.OpenAsync($"{stage.Administration}/audit?Input.From=2020-13-45");
        await LookAsync(visitor, "audit-no-day", width);
    }

    private async Task SeeAsync(Visitor visitor, string path, int width)
    {
        await visitor.OpenAsync(visitor.Stage.Administration + path);
        await LookAsync(visitor, path.Split('?')[0].Trim('/').Replace('/', '-') is { Length: > 0 } name ? name : "work", width);
    }

    /// <summary>Opens a page and sends its form as it stands; what the browser itself insists on is left to the server.</summary>
    private async Task SendAsync(Visitor visitor, string path, string button, int width, params string[] emptied)
    {
        await visitor.OpenAsync(visitor.Stage.Administration + path);
        foreach (var field in emptied) await visitor.Page.FillAsync(field, "");
        await visitor.Page.EvaluateAsync("() => document.querySelectorAll('form').forEach(form => form.noValidate = true)");
        await PressAsync(visitor, button, $"{path.Trim('/').Split('/')[0]}-answer", width);
    }

    private async Task PressAsync(Visitor visitor, string button, string name, int width)
    {
        await visitor.PressAsync(button);
        await visitor.Page.WaitForLoadStateAsync();
        await LookAsync(visitor, name, width);
    }

    private async Task LookAsync(Visitor visitor, string name, int width)
    {
        await visitor.Page.Locator("h1").First.WaitForAsync();
        // Each fault that is about a field leads to it.
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('#faults a')].filter(a => !document.getElementById(a.hash.slice(1))).length"));
        await _report.GlanceAsync(visitor.Page, $"admin-{name}", width);
    }

    /// <summary>A province in which something has happened: an administrator, a failed sign-in, two records that claim one human.</summary>
    private static async Task<Guid> FillAsync(TestAdmin admin)
    {
        await admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(AdminRole.Administrator, "kiểm thử") { Mail = "ha.dt@xa.mau.example" }, "test", CancellationToken.None));
        return await admin.WithAsync(async (IServiceProvider services) =>
        {
            var (db, now) = (services.GetRequiredService<IdentityDb>(), DateTimeOffset.UtcNow);
            db.FailureRecords.Add(new()
            {
                Reference = Code, Ending = FailureEnding.Problem, Problem = "TimedOut", ClientId = "portal", Connector = "vnconnect", StartedAt = now.AddMinutes(-1), At = now,
                Steps = "Chosen+12400=vnconnect Left+12600=ok Back+46500=ok Judged+51500=TimedOut",
            });
            db.AuditEvents.Add(new AuditEvent { At = now, Name = "signin.failed", Reason = "TimedOut", ClientId = "portal", Connector = "vnconnect", Reference = Code });
            Guid[] sides = [services.GetRequiredService<PersonDirectory>().Create(Identity("one", now)).Id, services.GetRequiredService<PersonDirectory>().Create(Identity("two", now)).Id];
            await db.SaveChangesAsync();
            KnownPerson[] known = [.. sides.Select(id => new KnownPerson(id, PersonStatus.Active, ProofingLevel.Level02, "1968-09-05", NumberComparison.Same))];
            var conflict = await services.GetRequiredService<LinkConflicts>()
                .RecordAsync(LinkRefusal.SeveralPeopleShareNumber, new LinkEvidence(Identity("new", now), null, known, null, now), "AB-111-222-333", freezeDoor: false, CancellationToken.None);
            await db.SaveChangesAsync();
            return conflict.Id;
        });
    }

    private static ExternalIdentity Identity(string subject, DateTimeOffset now) => new("vnconnect", "https://eid.example", subject, ExternalSubjectKind.Individual, ProofingLevel.Level02,
        new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Văn Mẫu", [AttributeNames.PersonalNumber] = "096168000001", [AttributeNames.BirthDate] = "1968-09-05" }, [], now);
}
