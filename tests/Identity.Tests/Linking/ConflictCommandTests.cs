using Identity.Domain.Linking;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Linking;

/// <summary>An operator works the desk's queue where no page can be reached: the program, typed.</summary>
public sealed class ConflictCommandTests
{
    // Both engines have their turn in ConflictDeskTests; a process of its own costs seconds.
    [Fact]
    public async Task An_operator_lists_looks_decides_and_takes_back()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var stage = new ConflictStage(provider);
        var number = ConflictStage.NewNumber();
        var mailbox = ConflictStage.Through(ConflictStage.Mail, ProofingLevel.MailOnly, (AttributeNames.Name, "Trần Thị Mẫu"));
        var (holder, claimant) = (await stage.PersonAsync(ConflictStage.Eid(number)), await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())));
        await stage.AddDoorAsync(holder, mailbox);
        var conflict = await stage.CollideAsync(mailbox, at: claimant, freezeDoor: true);

        var list = await OperatorCommand.RunAsync(provider, "conflicts", "list");
        Assert.True(list.Code == 0, list.Errors);
        Assert.Contains($"{conflict.Reference}  AlreadyLinkedToAnotherPerson  {ConflictStage.Mail}", list.Output, StringComparison.Ordinal);
        Assert.Contains("1 open.", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Mẫu", list.Output, StringComparison.Ordinal);

        var look = await OperatorCommand.RunAsync(provider, "conflicts", "show", conflict.Reference.Replace("-", " ", StringComparison.Ordinal));
        foreach (var shown in (string[])["Trần Thị Mẫu", "Nguyễn Văn Mẫu", $"••••••••{number[^4..]}", claimant.ToString(), $"{holder}  Active", "has the way in", "paused"]) Assert.Contains(shown, look.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(number, look.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await OperatorCommand.RunAsync(provider, "conflicts", "decide", conflict.Reference, "--as", "belongs", "--papers", "BB-12")).Code);
        var decide = await OperatorCommand.RunAsync(provider, "conflicts", "decide", conflict.Reference, "--as", "belongs", "--person", claimant.ToString(), "--papers", "BB-12");
        Assert.True(decide.Code == 0, decide.Errors);
        Assert.Equal(claimant, (await stage.DoorAsync(mailbox)).PersonId);
        Assert.Contains("Belongs on", (await OperatorCommand.RunAsync(provider, "conflicts", "list", "--decided")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await OperatorCommand.RunAsync(provider, "conflicts", "undo", conflict.Reference, "--papers", "BB-15")).Code);
        Assert.Equal(holder, (await stage.DoorAsync(mailbox)).PersonId);
        var rows = await provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name.StartsWith("conflict.") && a.PersonId == holder).OrderBy(a => a.Sequence).ToListAsync());
        Assert.Equal([ConflictDesk.Looked, "conflict.resolved", "conflict.reopened"], rows.Select(r => r.Name));
        Assert.All(rows, row => Assert.Equal($"command:{Environment.UserName}", row.Actor));
        Assert.EndsWith("papers=BB-12", rows[1].Detail, StringComparison.Ordinal);
    }
}
