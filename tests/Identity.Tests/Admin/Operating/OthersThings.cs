using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Domain.Applications;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Admin.Operating.OperatingStage;

namespace Identity.Tests.Admin.Operating;

/// <summary>One of everything that the administrator of one agency does not answer for: of another agency, and of the whole province.</summary>
internal sealed class OthersThings
{
    private const string Mailbox = "rieng@khac.mau.example";
    private const string Name = "Việc riêng của sở khác";

    /// <summary>A change of the configuration that waits for a second person.</summary>
    public required Guid Proposal { get; init; }

    /// <summary>Whatever a form may name by its id.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>By which a page would show one of them.</summary>
    public IEnumerable<string> Marks => [.. Ids.Select(id => $"{id}"), Mailbox, Name];

    public static async Task<OthersThings> MakeAsync(TestAdmin admin)
    {
        var (other, now) = (await admin.UnitAsync(OtherAgency), DateTimeOffset.UtcNow);
        var person = await admin.Provider.CitizenAsync("096168000031", "1968-09-05");
        await admin.AddPostAsync(OtherAgency, Mailbox);
        var role = new RoleGift(AdminRole.AgencyAdministrator, Name) { Mail = Mailbox, UnitId = other };
        var proposed = new RoleGift(AdminRole.Administrator, Name) { Mail = Mailbox, IsProposed = true };
        foreach (var gift in new[] { role, proposed }) Assert.Null(await admin.WithAsync((RoleBook roles) => roles.GiveAsync(gift, "test", CancellationToken.None)));
        var document = await admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == "client" && i.Name == "rp").Select(i => i.Document).SingleAsync());
        var proposal = new ConfigurationProposal { Kind = "client", Name = "rp", BaseVersion = 1, Document = document.Replace("https://rp.example/cb", "https://rp.example/new", StringComparison.Ordinal), Reason = Name, ProposedBy = "test", ProposedAt = now };
        var elevation = new ElevationRequest { PersonId = person, Role = AdminRole.Administrator, Hours = 2, Reason = Name, AskedAt = now, ExpiresAt = now.AddHours(5) };
        var withdrawal = new KeyWithdrawal { Algorithm = "ES256", AskedById = person, AskedAt = now, Reason = Name, ExpiresAt = now.AddHours(5) };
        var announcement = new Announcement { Vi = Name, En = Name, StartsAt = now.AddDays(1), EndsAt = now.AddDays(2), CreatedBy = "test", CreatedAt = now };
        var application = new Application { UnitId = other, NameVi = Name, NameEn = Name, SandboxClientId = "rp", CreatedAt = now, CreatedBy = "test" };
        await admin.SaveAsync(db => db.AddRange(proposal, elevation, withdrawal, announcement, application));
        return new() { Proposal = proposal.Id, Ids = [role.Id, proposed.Id, elevation.Id, withdrawal.Id, announcement.Id, proposal.Id, application.Id] };
    }

    /// <summary>What would do something on every form, if it were let: every id, and every role in either agency for a mailbox of the other.</summary>
    public IEnumerable<(string, string)[]> Forged => Enum.GetValues<AdminRole>().SelectMany(role => new[] { (role, Unit: OtherAgency), (role, Unit: Agency) })
        .Select((gift, number) => Form(Ids[number % Ids.Count], gift.role, gift.Unit));

    /// <summary>All that a form of these pages can change.</summary>
    public static Task<string> StateAsync(TestAdmin admin) => admin.InDatabaseAsync(async db => string.Join('\n',
        string.Join(';', await db.RoleAssignments.OrderBy(r => r.Id).Select(r => $"{r.Role} {r.UnitId} {r.PersonId} {r.EndedAt}").ToListAsync()),
        string.Join(';', await db.ElevationRequests.OrderBy(e => e.Id).Select(e => $"{e.DecidedAt}").ToListAsync()),
        string.Join(';', await db.KeyWithdrawals.OrderBy(w => w.Id).Select(w => $"{w.DecidedAt}").ToListAsync()),
        string.Join(';', await db.Announcements.OrderBy(a => a.Id).Select(a => $"{a.Version} {a.EndsAt}").ToListAsync()),
        string.Join(';', await db.ConfigurationProposals.OrderBy(p => p.Id).Select(p => p.State).ToListAsync()),
        await db.ConfigurationVersions.CountAsync(), await db.SigningKeys.CountAsync(), await db.Applications.CountAsync()));

    private static (string, string)[] Form(Guid id, AdminRole role, string unit) =>
    [
        ("id", $"{id}"), ("grant", "true"), ("carry", "true"), ("enable", "false"), ("reason", "x"), ("To", "1"), ("Version", "1"), ("Input.Version", "1"), ("Input.Act", "approve"), ("Input.Reason", "x"),
        ("Input.Role", $"{role}"), ("Input.Unit", unit), ("Input.Mail", Mailbox), ("Input.Hours", "2"), ("Input.Algorithm", "ES256"), ("Input.Vi", "x"), ("Input.En", "x"),
        ("Input.From", "2030-01-01T08:00"), ("Input.To", "2030-01-02T08:00"),
    ];
}
