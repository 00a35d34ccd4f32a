using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Linking;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>A conflict is one side's when two desks say so, and two desks take a decision back: the same rules as for the commands.</summary>
public sealed class DecidedConflictTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_desks_give_a_way_in_to_whose_it_is_and_two_desks_restore_it(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var links = new ConflictStage(stage.Admin.Provider);
        var (conflict, mailbox, holder, claimant) = await MailboxOfAnotherAsync(links);
        var frozenAt = (await links.DoorAsync(mailbox)).FrozenAt;
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var (open, decided) = ($"/conflicts/{conflict.Id}", $"/conflicts/decided/{conflict.Id}");

        var page = await ProposeAsync(one, conflict, side: "");
        Assert.Contains("Chọn hồ sơ mà việc này thuộc về", page.Text, StringComparison.Ordinal);
        page = await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, claimant));
        Assert.Contains("Đây là đề xuất của bạn", page.Text, StringComparison.Ordinal);
        await AssertNotAloneAsync(one, page, open);
        Assert.Equal(holder, (await links.DoorAsync(mailbox)).PersonId);
        page = await another.OpenAsync(open);
        Assert.Contains($"Thuộc về hồ sơ {conflict.Parties.OrderBy(p => p.PersonId).ToList().FindIndex(p => p.PersonId == claimant) + 1}.", page.Text, StringComparison.Ordinal);
        page = await another.SubmitAsync(page, "/confirm");

        Assert.Contains("Đã quyết định", page.Text, StringComparison.Ordinal);
        var door = await links.DoorAsync(mailbox);
        Assert.Equal((claimant, null), (door.PersonId, door.FrozenAt));
        Assert.Equal(2, await ToldAsync(stage, NoticeKind.ConflictDecided, holder, claimant));
        Assert.Contains($"Belongs papers=CC-1 proposed_by=admin:{one.PersonId}", await DetailAsync(stage, "conflict.resolved"), StringComparison.Ordinal);

        Assert.Contains(conflict.Reference, (await one.OpenAsync($"/conflicts/decided?code={conflict.Reference.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(decided, (await one.OpenAsync("/conflicts/decided?code=ZZ-000-000-000")).Html, StringComparison.Ordinal);
        var looks = await stage.CountAsync(DeskLedger.LookedUp, holder);
        page = await one.OpenAsync(decided);
        Assert.DoesNotContain(await links.FactAsync(holder, AttributeNames.PersonalNumber) ?? "", page.Html, StringComparison.Ordinal);
        Assert.Equal(looks + 1, await stage.CountAsync(DeskLedger.LookedUp, holder));

        Assert.Contains("Chọn lý do", (await one.SubmitAsync(page, "/propose", ("Input.Papers", "CC-2"))).Text, StringComparison.Ordinal);
        page = await ProposeUndoAsync(one, conflict, UndoReason.NewPapers);
        await AssertNotAloneAsync(one, page, decided);
        Assert.Equal(claimant, (await links.DoorAsync(mailbox)).PersonId);
        Assert.Contains("chờ người thứ hai lấy lại", (await another.OpenAsync("/")).Text, StringComparison.Ordinal);
        page = await another.SubmitAsync(await another.OpenAsync(decided), "/confirm");

        Assert.Contains("Đã lấy lại quyết định", page.Text, StringComparison.Ordinal);
        door = await links.DoorAsync(mailbox);
        Assert.Equal((holder, frozenAt), (door.PersonId, door.FrozenAt));
        Assert.Equal(2, await ToldAsync(stage, NoticeKind.ConflictReopened, holder, claimant));
        Assert.Contains($"Undo reason=NewPapers papers=CC-2 proposed_by=admin:{one.PersonId}", await DetailAsync(stage, "conflict.reopened"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await one.OpenAsync(open)).Status, (await one.OpenAsync(decided)).Status));
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.ConflictProposals.CountAsync()));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M25_a_yes_counts_for_the_side_and_for_the_reason_that_were_read(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var links = new ConflictStage(stage.Admin.Provider);
        var (conflict, mailbox, holder, claimant) = await MailboxOfAnotherAsync(links);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, holder));
        var read = await another.OpenAsync($"/conflicts/{conflict.Id}");
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/{conflict.Id}"), "/sendback");
        await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, claimant));
        foreach (var deed in new[] { "/confirm", "/sendback" }) Assert.Contains("Đề xuất đã thay đổi", (await another.SubmitAsync(read, deed)).Text, StringComparison.Ordinal);
        Assert.Equal(holder, (await links.DoorAsync(mailbox)).PersonId);
        await another.SubmitAsync(await another.OpenAsync($"/conflicts/{conflict.Id}"), "/confirm");

        await ProposeUndoAsync(one, conflict, UndoReason.DeskError);
        read = await another.OpenAsync($"/conflicts/decided/{conflict.Id}");
        await one.SubmitAsync(await one.OpenAsync($"/conflicts/decided/{conflict.Id}"), "/sendback");
        await ProposeUndoAsync(one, conflict, UndoReason.Objection);
        Assert.Contains("Đề xuất đã thay đổi", (await another.SubmitAsync(read, "/confirm")).Text, StringComparison.Ordinal);
        Assert.Equal(claimant, (await links.DoorAsync(mailbox)).PersonId);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_thirty_days_a_decision_stays_whatever_was_proposed_before(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var stage = await DeskStage.StartAsync(engine, clock);
        var links = new ConflictStage(stage.Admin.Provider);
        var (conflict, mailbox, _, claimant) = await MailboxOfAnotherAsync(links);
        Assert.Equal(ConflictOutcome.Done, await links.RuleAsync(conflict, ConflictDecision.Belongs, claimant));
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await ProposeUndoAsync(one, conflict, UndoReason.Objection);

        clock.Advance(ConflictDesk.UndoTime);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var page = await another.SubmitAsync(await another.OpenAsync($"/conflicts/decided/{conflict.Id}"), "/confirm");

        Assert.Contains("Đã quá 30 ngày", page.Text, StringComparison.Ordinal);
        Assert.Equal(claimant, (await links.DoorAsync(mailbox)).PersonId);
        Assert.DoesNotContain(conflict.Reference, (await another.OpenAsync("/conflicts/decided")).Text, StringComparison.Ordinal);
        page = await another.SubmitAsync(page, "/sendback");
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/propose", StringComparison.Ordinal));
        await DeskStage.PostAsync(another, await another.OpenAsync("/signout"), $"/conflicts/decided/{conflict.Id}/propose", ("Input.Reason", nameof(UndoReason.Objection)), ("Input.Papers", "CC-2"));
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.ConflictProposals.CountAsync()));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_decision_stands_on_one_page_also_when_many_were_made_at_once(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        DateTimeOffset? at = DateTimeOffset.FromUnixTimeSeconds(stage.Now.ToUnixTimeSeconds() - 60);
        var decided = Enumerable.Range(0, 70).Select(i => new LinkConflict
        {
            Kind = LinkRefusal.BirthDateDiffers, Connector = "vnconnect", DoorDigest = $"door-{i}", SealedIdentity = "", Reference = $"AB-000-000-{i:000}", CreatedAt = stage.Now, LastSeenAt = stage.Now,
            ResolvedAt = i < 60 ? at : at + TimeSpan.FromMilliseconds(i), Decision = ConflictDecision.Stays,
        }).ToList();
        await stage.Admin.InDatabaseAsync(db =>
        {
            db.AddRange(decided);
            return db.SaveChangesAsync();
        });
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var first = await desk.OpenAsync("/conflicts/decided");
        var second = await desk.OpenAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        var shown = new[] { first, second }.Select(page => page.Document.QuerySelectorAll("tbody th a").Select(a => a.TextContent).ToList()).ToList();
        Assert.Equal([50, 20], shown.Select(codes => codes.Count));
        Assert.Equal("AB-000-000-069", shown[0][0]);
        Assert.Equal(decided.Select(c => c.Reference).Order(), shown.SelectMany(codes => codes).Order());
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task What_the_command_would_refuse_two_desks_cannot_do_either()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var links = new ConflictStage(stage.Admin.Provider);
        var (own, foreign) = (ConflictStage.NewNumber(), ConflictStage.NewNumber());
        var eid = ConflictStage.Eid(own);
        var person = await links.PersonAsync(eid);
        var conflict = await links.CollideAsync(eid with { Attributes = new Dictionary<string, string>(eid.Attributes) { [AttributeNames.PersonalNumber] = foreign } });
        // Somebody came with it meanwhile.
        await links.PersonAsync(ConflictStage.Eid(foreign));
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, person));

        var page = await another.SubmitAsync(await another.OpenAsync($"/conflicts/{conflict.Id}"), "/confirm");

        Assert.Contains("Một người ngoài các bên đang có số định danh đó", page.Text, StringComparison.Ordinal);
        Assert.Equal(own, await links.FactAsync(person, AttributeNames.PersonalNumber));
        var open = await stage.Admin.InDatabaseAsync(db => db.LinkConflicts.AsNoTracking().SingleAsync());
        Assert.Equal((null, null, null, null), (open.ResolvedAt, open.Decision, open.BelongsTo, open.Resolution));
        Assert.Equal((0, 0), (await stage.CountAsync("conflict.resolved"), await stage.CountAsync("attribute.changed")));
        Assert.Contains(page.Forms, f => f.Action.EndsWith("/sendback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_proposed_is_over_when_a_command_decides()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var links = new ConflictStage(stage.Admin.Provider);
        var (conflict, _, _, claimant) = await MailboxOfAnotherAsync(links);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, claimant));
        var read = await another.OpenAsync($"/conflicts/{conflict.Id}");

        Assert.Equal(ConflictOutcome.Done, await links.RuleAsync(conflict, ConflictDecision.Stays));
        Assert.Equal(HttpStatusCode.NotFound, (await another.SubmitAsync(read, "/confirm")).Status);
        await ProposeUndoAsync(one, conflict, UndoReason.Objection);
        Assert.Equal(ConflictOutcome.Done, await links.UndoAsync(conflict));
        Assert.Contains((await another.OpenAsync($"/conflicts/{conflict.Id}")).Forms, f => f.Action.EndsWith("/propose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_proposes_or_confirms_in_a_case_about_themselves()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var links = new ConflictStage(stage.Admin.Provider);
        var (conflict, mailbox, holder, claimant) = await MailboxOfAnotherAsync(links);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var party = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await stage.Admin.InDatabaseAsync(db =>
        {
            db.Add(new LinkConflictParty { ConflictId = conflict.Id, PersonId = party.PersonId });
            return db.SaveChangesAsync();
        });

        Assert.Contains("không tự thao tác", (await ProposeAsync(party, conflict, ConflictSide.MarkOf(conflict.Id, party.PersonId))).Text, StringComparison.Ordinal);
        await ProposeAsync(one, conflict, ConflictSide.MarkOf(conflict.Id, claimant));
        Assert.Contains("không tự thao tác", (await party.SubmitAsync(await party.OpenAsync($"/conflicts/{conflict.Id}"), "/confirm")).Text, StringComparison.Ordinal);
        Assert.Equal(holder, (await links.DoorAsync(mailbox)).PersonId);
    }

    /// <summary>Somebody who proved to be one person came through the mailbox of another.</summary>
    private static async Task<(LinkConflict Conflict, ExternalIdentity Mailbox, Guid Holder, Guid Claimant)> MailboxOfAnotherAsync(ConflictStage links)
    {
        var mailbox = ConflictStage.Through(ConflictStage.Mail, ProofingLevel.MailOnly);
        var (holder, claimant) = (await links.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())), await links.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())));
        await links.AddDoorAsync(holder, mailbox);
        return (await links.CollideAsync(mailbox, at: claimant, freezeDoor: true), mailbox, holder, claimant);
    }

    private static async Task<TestPage> ProposeAsync(AdminVisitor desk, LinkConflict conflict, string side) =>
        await desk.SubmitAsync(await desk.OpenAsync($"/conflicts/{conflict.Id}"), "/propose", ("Input.Verdict", nameof(ConflictVerdict.Belongs)), ("Input.Side", side), ("Input.Papers", "CC-1"));

    private static async Task<TestPage> ProposeUndoAsync(AdminVisitor desk, LinkConflict conflict, UndoReason reason) =>
        await desk.SubmitAsync(await desk.OpenAsync($"/conflicts/decided/{conflict.Id}"), "/propose", ("Input.Reason", reason.ToString()), ("Input.Papers", "CC-2"));

    /// <summary>A form that the page does not offer to the one who proposed.</summary>
    private static async Task AssertNotAloneAsync(AdminVisitor desk, TestPage page, string path)
    {
        var mark = page.Document.QuerySelector("input[name='Input.Proposal']")!.GetAttribute("value")!;
        Assert.Contains("Người khác phải quyết định", (await DeskStage.PostAsync(desk, page, $"{path}/confirm", ("Input.Proposal", mark))).Text, StringComparison.Ordinal);
    }

    private static Task<int> ToldAsync(DeskStage stage, NoticeKind kind, params Guid[] people) => stage.Admin.InDatabaseAsync(db => db.Notices.CountAsync(n => n.Kind == kind && people.Contains(n.PersonId)));

    private static Task<string?> DetailAsync(DeskStage stage, string name) => stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == name).Select(a => a.Detail).FirstAsync());
}
