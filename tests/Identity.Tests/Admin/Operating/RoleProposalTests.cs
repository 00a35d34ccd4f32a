using Identity.Domain.Administration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Operating;

/// <summary>An administrator is made by two, neither of whom is the one who is made.</summary>
public sealed class RoleProposalTests
{
    private const string Mailbox = "moi@so.mau.example";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Nobody_holds_the_role_before_a_second_administrator_confirms_it(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var proposer = await admin.SignInAsync(AdminRole.Administrator);
        using var second = await admin.SignInAsync(AdminRole.Administrator);
        using var receiver = await admin.NewVisitorAsync();

        var proposed = await RoleTests.GiveAsync(proposer, AdminRole.Administrator);
        var id = (await WaitingAsync(admin))!.Id;
        Assert.Contains("khi một quản trị tỉnh khác xác nhận", proposed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=confirm", proposed.Html, StringComparison.Ordinal);
        await TakeUpAsync(admin, receiver);
        var page = await second.OpenAsync("/roles");
        Assert.Contains("Quản trị tỉnh cho moi@so.mau.example", page.Text, StringComparison.Ordinal);
        var own = await proposer.Browser.PostAsync(admin.Address + "/roles?handler=confirm", [KeyValuePair.Create("id", $"{id}"), KeyValuePair.Create("form", proposed.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!)]);
        Assert.Contains("Người khác phải xác nhận", own.Text, StringComparison.Ordinal);
        Assert.NotNull(await WaitingAsync(admin));

        Assert.Contains("Đã xác nhận và giao vai trò.", (await second.SendAsync(page, "/roles?handler=confirm", ("id", $"{id}"))).Text, StringComparison.Ordinal);
        Assert.Contains("Nguyễn Thị Ẩn đã xác nhận.", (await proposer.OpenAsync("/roles?role=Administrator")).Text, StringComparison.Ordinal);
        await TakeUpAsync(admin, second);
        await TakeUpAsync(admin, proposer);
        await TakeUpAsync(admin, receiver);

        var given = await admin.InDatabaseAsync(db => db.RoleAssignments.SingleAsync(r => r.Id == id));
        Assert.Equal((receiver.PersonId, AdminActor.NameOf(proposer.PersonId), AdminActor.NameOf(second.PersonId)), (given.PersonId, given.GivenBy, given.ConfirmedBy));
        Assert.Equal((1, 1), (await admin.TrailAsync("role.proposed"), await admin.TrailAsync("role.confirmed")));
    }

    [Fact]
    public async Task A_refusal_carries_a_reason_that_stays_in_the_list_and_a_proposal_can_be_taken_back()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var proposer = await admin.SignInAsync(AdminRole.Administrator);
        using var second = await admin.SignInAsync(AdminRole.Administrator);
        await RoleTests.GiveAsync(proposer, AdminRole.Administrator);
        var page = await second.OpenAsync("/roles");

        Assert.Contains("Viết lý do.", (await second.SendAsync(page, "/roles?handler=refuse", ("reason", " "))).Text, StringComparison.Ordinal);
        Assert.Contains("Đã từ chối.", (await second.SendAsync(page, "/roles?handler=refuse", ("reason", "chưa có quyết định"))).Text, StringComparison.Ordinal);
        Assert.Contains("Người khác đã trả lời", (await second.SendAsync(page, "/roles?handler=confirm")).Text, StringComparison.Ordinal);
        Assert.Contains("Người thứ hai từ chối: chưa có quyết định", (await proposer.OpenAsync("/roles?ended=true")).Text, StringComparison.Ordinal);

        var again = await RoleTests.GiveAsync(proposer, AdminRole.Administrator);
        Assert.Contains("Đã rút đề nghị.", (await proposer.SendAsync(again, "/roles?handler=withdraw")).Text, StringComparison.Ordinal);
        Assert.Null(await WaitingAsync(admin));
        Assert.Equal((1, 1, 0), (await admin.TrailAsync("role.refused"), await admin.TrailAsync("role.withdrawn"), await admin.TrailAsync("role.confirmed")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Of_those_who_confirm_and_refuse_at_once_one_has_answered(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        var id = Guid.CreateVersion7();
        await admin.WithAsync((RoleBook roles) => roles.GiveAsync(new RoleGift(AdminRole.Administrator, "kiểm thử") { Id = id, Mail = Mailbox, IsProposed = true }, "admin:other", CancellationToken.None));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => admin.WithAsync((RoleProposals proposals) => i % 2 == 0
            ? proposals.ConfirmAsync(Administrator(), id, CancellationToken.None) : proposals.RefuseAsync(Administrator(), id, "không", CancellationToken.None))));

        Assert.Single(answers, answer => answer is null);
        var left = await admin.InDatabaseAsync(db => db.RoleAssignments.SingleAsync(r => r.Id == id));
        Assert.Equal(left.EndedAt is null, left.MailDigest is not null);
        Assert.Equal(1, await admin.TrailAsync("role.confirmed") + await admin.TrailAsync("role.refused"));
    }

    private static AdminActor Administrator() => new(Guid.CreateVersion7(), [new HeldRole(Guid.CreateVersion7(), AdminRole.Administrator, null, RoleAssignmentKind.Standing, null)], []);

    private static Task<RoleAssignment?> WaitingAsync(TestAdmin admin) =>
        admin.InDatabaseAsync(db => db.RoleAssignments.SingleOrDefaultAsync(r => r.PersonId == null && r.MailDigest == null && r.ClientId == null && r.EndedAt == null));

    /// <summary>As if they came with the mailbox that the role was given to.</summary>
    private static Task<bool> TakeUpAsync(TestAdmin admin, AdminVisitor visitor) => admin.WithAsync(async (RoleBook roles) =>
    {
        await roles.TakeUpAsync(visitor.PersonId, [Mailbox], CancellationToken.None);
        return true;
    });
}
