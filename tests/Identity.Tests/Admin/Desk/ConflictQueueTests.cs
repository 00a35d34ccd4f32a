using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Desk;

/// <summary>Two records claim one human: both sides side by side, and two desks for a decision.</summary>
public sealed class ConflictQueueTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_desk_proposes_and_another_one_decides(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var id = await ConflictAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var list = await one.OpenAsync("/conflicts");
        Assert.Contains("AB-111-222-333", list.Text, StringComparison.Ordinal);
        var page = await one.SubmitAsync(await one.OpenAsync($"/conflicts/{id}"), "/propose", ("Input.Verdict", nameof(ConflictVerdict.Shut)), ("Input.Papers", "CC-1"));
        Assert.Contains("Đây là đề xuất của bạn", page.Text, StringComparison.Ordinal);
        page = await DeskStage.PostAsync(one, page, $"/conflicts/{id}/confirm", ("Input.Proposal", page.Document.QuerySelector("input[name='Input.Proposal']")!.GetAttribute("value")!));
        Assert.Contains("Người khác phải quyết định", page.Text, StringComparison.Ordinal);
        page = await another.SubmitAsync(await another.OpenAsync($"/conflicts/{id}"), "/confirm");

        Assert.Contains("Đã quyết định", page.Text, StringComparison.Ordinal);
        var decided = await stage.Admin.InDatabaseAsync(db => db.LinkConflicts.SingleAsync());
        Assert.NotNull(decided.ResolvedAt);
        Assert.Equal(HttpStatusCode.NotFound, (await another.OpenAsync($"/conflicts/{id}")).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M25_a_yes_counts_for_the_proposal_that_was_read(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var id = await ConflictAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/{id}"), "/propose", ("Input.Verdict", nameof(ConflictVerdict.Shut)), ("Input.Papers", "CC-1"));
        var read = await another.OpenAsync($"/conflicts/{id}");
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/{id}"), "/sendback");
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/{id}"), "/propose", ("Input.Verdict", nameof(ConflictVerdict.Stays)), ("Input.Papers", "CC-2"));

        foreach (var deed in new[] { "/confirm", "/sendback" })
        {
            var page = await another.SubmitAsync(read, deed);
            Assert.Contains("Đề xuất đã thay đổi", page.Text, StringComparison.Ordinal);
            Assert.Contains("CC-2", page.Text, StringComparison.Ordinal);
        }
        Assert.Null((await stage.Admin.InDatabaseAsync(db => db.LinkConflicts.SingleAsync())).ResolvedAt);
        await another.SubmitAsync(await another.OpenAsync($"/conflicts/{id}"), "/confirm");
        Assert.Contains(nameof(ConflictVerdict.Stays), (await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == "conflict.resolved").Select(a => a.Reason + " " + a.Detail).FirstAsync())), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Both_sides_are_shown_masked_and_read_that_they_were_looked_at(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var id = await ConflictAsync(stage);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await desk.OpenAsync($"/conflicts/{id}");

        Assert.DoesNotContain(DeskStage.Number, page.Html, StringComparison.Ordinal);
        Assert.Equal(3, page.Document.QuerySelectorAll("tbody tr:nth-child(2) td").Count(cell => cell.TextContent.Contains("0001", StringComparison.Ordinal)));
        Assert.Equal(2, await stage.CountAsync(DeskLedger.LookedUp));
    }

    [Fact]
    public async Task A_proposal_that_is_sent_back_leaves_the_case_open()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var id = await ConflictAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.Administrator);
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/{id}"), "/propose", ("Input.Verdict", nameof(ConflictVerdict.Stays)), ("Input.Papers", "CC-1"));

        var page = await another.SubmitAsync(await another.OpenAsync($"/conflicts/{id}"), "/sendback");

        Assert.Contains(page.Forms, f => f.Action.EndsWith("/propose", StringComparison.Ordinal));
        Assert.Equal(1, await stage.CountAsync("conflict.sent_back"));
    }

    [Theory, InlineData("Input.Verdict", "", "Chọn một đề xuất"), InlineData("Input.Papers", "", "Nhập số hồ sơ")]
    public async Task A_proposal_needs_a_verdict_and_papers(string field, string value, string said)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var id = await ConflictAsync(stage);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var good = new Dictionary<string, string> { ["Input.Verdict"] = nameof(ConflictVerdict.Stays), ["Input.Papers"] = "CC-1", [field] = value };

        var page = await desk.SubmitAsync(await desk.OpenAsync($"/conflicts/{id}"), "/propose", [.. good.Select(f => (f.Key, f.Value))]);

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.ConflictProposals.CountAsync()));
    }

    internal static async Task<Guid> ConflictAsync(DeskStage stage) => await RecordAsync(stage, "eid-new", "AB-111-222-333", await stage.CitizenAsync(), await SecondAsync(stage));

    /// <summary>Another case about the people of the first one, which somebody has decided.</summary>
    internal static async Task<Guid> DecidedAsync(DeskStage stage)
    {
        var sides = await stage.Admin.InDatabaseAsync(db => db.LinkConflicts.SelectMany(c => c.Parties).Select(p => p.PersonId).ToArrayAsync());
        var id = await RecordAsync(stage, "eid-decided", "AB-111-222-444", sides);
        await stage.Admin.WithAsync((ConflictDesk desk) => desk.DecideAsync(id, new(ConflictDecision.Stays, BelongsTo: null, "command:desk", "BB-12/2026"), CancellationToken.None));
        return id;
    }

    private static Task<Guid> RecordAsync(DeskStage stage, string subject, string reference, params Guid[] sides) => stage.Admin.WithAsync(async (IServiceProvider services) =>
    {
        var external = new ExternalIdentity("vnconnect", "https://eid.example", subject, ExternalSubjectKind.Individual, ProofingLevel.Level02,
            new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Thị Ẩn", [AttributeNames.PersonalNumber] = DeskStage.Number, [AttributeNames.BirthDate] = "1968-09-05" }, [], stage.Now);
        KnownPerson[] known = [.. sides.Select(id => new KnownPerson(id, PersonStatus.Active, ProofingLevel.Level02, "1968-09-05", NumberComparison.Same))];
        var conflict = await services.GetRequiredService<LinkConflicts>()
            .RecordAsync(LinkRefusal.SeveralPeopleShareNumber, new LinkEvidence(external, null, known, null, stage.Now), reference, freezeDoor: false, CancellationToken.None);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return conflict.Id;
    });

    private static Task<Guid> SecondAsync(DeskStage stage) => stage.Admin.WithAsync(async (IServiceProvider services) =>
    {
        var external = new ExternalIdentity("vnconnect", "https://eid.example", $"second-{Guid.NewGuid():N}", ExternalSubjectKind.Individual, ProofingLevel.Level02,
            new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Văn Mẫu", [AttributeNames.PersonalNumber] = DeskStage.Number, [AttributeNames.BirthDate] = "1968-09-05" }, [], stage.Now);
        var person = services.GetRequiredService<PersonDirectory>().Create(external);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return person.Id;
    });
}
