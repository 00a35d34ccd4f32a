using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Configuration;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Applications.ConfirmationStage;

namespace Identity.Tests.Applications;

/// <summary>"Not in use any more" is an answer too: a second person switches off, and until then nothing changes.</summary>
public sealed class ClosingTests
{
    public static TheoryData<Engine> EnginesOfThisRun => Engines.All;

    [Theory, MemberData(nameof(EnginesOfThisRun))]
    public async Task What_is_not_in_use_any_more_is_switched_off_by_a_second_person(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var judge = await office.OfficialAsync(office.OtherAgency, AdminRole.Administrator);
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(-40));

        var asked = await UnusedAsync(owner, id);
        var (running, work, list) = ((await office.ProductionAsync(id)).Enabled, await judge.OpenAsync("/"), await judge.OpenAsync("/apps?of=unconfirmed"));
        var proposal = (await office.FindAsync(id)).ClosingProposalId;
        await DecideAsync(judge, proposal, "approve");
        await office.RefreshAdminAsync();
        await office.RefreshProviderAsync();
        await office.BothNodesAsync();

        Assert.Contains("Ứng dụng vẫn chạy cho đến khi có người thứ hai xem xét", asked.Text, StringComparison.Ordinal);
        Assert.True(running);
        Assert.Contains("Hồ sơ đất đai không còn dùng và đề nghị tắt", work.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hồ sơ đất đai", list.Text, StringComparison.Ordinal);
        Assert.False((await office.ProductionAsync(id)).Enabled);
        Assert.Null((await office.FindAsync(id)).ConfirmationDueAt);
        Assert.DoesNotContain("hồ sơ đất đai", (await owner.OpenAsync("/")).Text.ToLowerInvariant(), StringComparison.Ordinal);
        Assert.Equal(1, await office.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "application.closing_asked")));
    }

    [Fact]
    public async Task A_refusal_asks_the_owners_again_and_says_why()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var judge = await office.OfficialAsync(office.OtherAgency, AdminRole.Administrator);
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(-1));
        await UnusedAsync(owner, id);

        await DecideAsync(judge, (await office.FindAsync(id)).ClosingProposalId, "refuse", "vẫn còn hồ sơ đang xử lý");

        var page = await owner.OpenAsync($"/apps/{id}");
        Assert.Contains("vẫn còn hồ sơ đang xử lý", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ứng dụng đã được xác nhận", (await ConfirmAsync(owner, page, id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_owner_who_knows_better_takes_it_back()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        using var second = await office.OfficialAsync();
        await office.TakeUpAsync(second);
        await UnusedAsync(owner, id);
        var proposal = (await office.FindAsync(id)).ClosingProposalId;

        var confirmed = await ConfirmAsync(second, await second.OpenAsync($"/apps/{id}"), id);

        Assert.Contains("Ứng dụng đã được xác nhận", confirmed.Text, StringComparison.Ordinal);
        Assert.Equal(ProposalState.Withdrawn, await office.Admin.InDatabaseAsync(db => db.ConfigurationProposals.Where(p => p.Id == proposal).Select(p => p.State).SingleAsync()));
        Assert.Null((await office.FindAsync(id)).ClosingProposalId);
    }

    [Theory, InlineData("Confirm", "Input.Contact", "", "Nhập nơi liên hệ"), InlineData("Unused", "Input.Why", " ", "Nhập lý do vì sao")]
    public async Task An_answer_that_says_nothing_is_sent_back(string handler, string field, string value, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        var (id, owner) = await office.LiveAsync();
        using var signedIn = owner;
        await office.DueAsync(id, DateTimeOffset.UtcNow.AddDays(5));

        var page = await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}"), $"/apps/{id}?handler={handler}", [KeyValuePair.Create(field, value)]);

        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Null((await office.FindAsync(id)).ConfirmedAt);
        Assert.Equal(0, await office.Admin.InDatabaseAsync(db => db.ConfigurationProposals.CountAsync()));
    }

    private static async Task DecideAsync(AdminVisitor judge, Guid? proposal, string act, string reason = "")
    {
        var address = $"/configuration/proposal?id={proposal}";
        var page = await judge.OpenAsync(address);
        var form = page.Forms.First(f => f.QuerySelector($"[name='Input.Act'][value={act}]") is not null);
        await OwnersOffice.SendAsync(judge, page, form.GetAttribute("action")!, [KeyValuePair.Create("Input.Act", act), KeyValuePair.Create("Input.Reason", reason)]);
    }
}
