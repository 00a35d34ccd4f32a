using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Mail;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Applications;

/// <summary>What the tests of the yearly question have in common.</summary>
internal static class ConfirmationStage
{
    /// <summary>Moves the day by which an application is confirmed, so that nobody has to wait for it.</summary>
    public static Task DueAsync(this OwnersOffice office, Guid id, DateTimeOffset at) =>
        office.Admin.InDatabaseAsync(db => db.Applications.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ConfirmationDueAt, at)));

    /// <summary>An application in production, and its owner signed in.</summary>
    public static async Task<(Guid Id, AdminVisitor Owner)> LiveAsync(this OwnersOffice office)
    {
        var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        await office.RefreshAdminAsync();
        await office.RefreshProviderAsync();
        return (id, owner);
    }

    public static Task<TestPage> ConfirmAsync(AdminVisitor visitor, TestPage page, Guid id, string contact = "hotro@mau.example") =>
        OwnersOffice.SendAsync(visitor, page, $"/apps/{id}?handler=Confirm", [KeyValuePair.Create("Input.Contact", contact)]);

    public static async Task<TestPage> UnusedAsync(AdminVisitor visitor, Guid id, string why = "đã thay bằng hệ thống mới") =>
        await OwnersOffice.SendAsync(visitor, await visitor.OpenAsync($"/apps/{id}"), $"/apps/{id}?handler=Unused", [KeyValuePair.Create("Input.Why", why)]);

    public static async Task<Client> ProductionAsync(this OwnersOffice office, Guid id)
    {
        var clientId = (await office.FindAsync(id)).ProductionClientId;
        return (await office.Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(clientId, CancellationToken.None)))!.Client;
    }

    public static async Task<AdminVisitor> HeadAsync(this OwnersOffice office, Guid agency)
    {
        var head = await office.OfficialAsync(agency);
        await office.Admin.GiveAsync(head.PersonId, AdminRole.AgencyAdministrator, agency);
        return head;
    }

    /// <summary>The other owner's mailbox signs in.</summary>
    public static Task TakeUpAsync(this OwnersOffice office, AdminVisitor second) =>
        office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.MailDigest != null).ExecuteUpdateAsync(set => set.SetProperty(m => m.PersonId, second.PersonId)));

    /// <summary>What both nodes do every hour, at once.</summary>
    public static Task BothNodesAsync(this OwnersOffice office) => Task.WhenAll(new[] { office.Admin.Services, office.Admin.Provider.Services }.Select(async services =>
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConfirmationDates>().KeepAsync(CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<ExpiryRadar>().RemindAsync(CancellationToken.None);
    }));

    public static Task<List<(Guid Id, string Recipient, IReadOnlyDictionary<string, string> Values)>> LettersAsync(this OwnersOffice office, Guid after) => office.Admin.WithAsync(async (MailQueue queue) =>
        (await office.Admin.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.Template == MailTemplate.StillUsed.Name && m.Id > after).OrderBy(m => m.Id).ToListAsync()))
        .ConvertAll(mail => (mail.Id, queue.Open(mail).Recipient, queue.Open(mail).Values)));
}
