using System.Text;
using Identity.Domain.Linking;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Organisations;

/// <summary>A provider with a small province in it: three units, and whatever a test puts into its personnel list.</summary>
internal static class Office
{
    public const string ListHeader = "staff_number,personal_number,mail,name,unit_code,position,from,to,status";

    public const string Tree = """
        { "units": [
          { "code": "H99", "level": "province", "name": { "vi": "UBND tỉnh An Bình", "en": "An Binh People's Committee" }, "valid_from": "2025-07-01" },
          { "code": "H99.07", "level": "department", "name": { "vi": "Sở Nội vụ", "en": "Department of Home Affairs" }, "valid_from": "2025-07-01" },
          { "code": "H99.08", "level": "department", "name": { "vi": "Sở Khoa học và Công nghệ", "en": "Department of Science and Technology" }, "valid_from": "2025-07-01", "former_codes": ["H99.20"] },
          { "code": "H99.07.12", "level": "attached", "name": { "vi": "Phòng Tổ chức", "en": "Organisation Division" }, "valid_from": "2025-07-01" }
        ] }
        """;

    public static async Task<T> DoAsync<TService, T>(this TestProvider provider, Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = provider.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public static Task<OrgTreeOutcome> ImportTreeAsync(this TestProvider provider, string json) =>
        provider.DoAsync<OrgTreeImport, OrgTreeOutcome>(import => import.ApplyAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None));

    public static async Task<OrgTreePlan> AcceptTreeAsync(this TestProvider provider, string json)
    {
        var outcome = await provider.ImportTreeAsync(json);
        Assert.True(outcome is OrgTreeOutcome.Accepted, outcome is OrgTreeOutcome.Refused refused ? string.Join('\n', refused.Errors) : "");
        return ((OrgTreeOutcome.Accepted)outcome).Plan;
    }

    public static Task<OrgTree> TreeAsync(this TestProvider provider) => provider.InDatabaseAsync(db => OrgTree.LoadAsync(db, CancellationToken.None));

    public static StaffList List(DateTimeOffset now, params string[] rows)
    {
        var list = StaffListReader.Read(Encoding.UTF8.GetBytes($"{ListHeader}\n{string.Join('\n', rows)}"), now);
        Assert.Empty(list.Errors);
        return list;
    }

    public static Task<StaffImportOutcome> ImportListAsync(this TestProvider provider, StaffImportWishes wishes, params string[] rows) =>
        provider.DoAsync<StaffImport, StaffImportOutcome>(import => import.ApplyAsync(AffiliationSource.HumanResources, List(Now(provider), rows), wishes, CancellationToken.None));

    public static async Task<StaffPlan> AcceptListAsync(this TestProvider provider, params string[] rows)
    {
        var outcome = await provider.ImportListAsync(new StaffImportWishes { AllowManyLeavers = true }, rows);
        Assert.True(outcome is StaffImportOutcome.Applied, string.Join('\n', outcome.Plan.Errors));
        return outcome.Plan;
    }

    public static DateTimeOffset Now(TestProvider provider) => provider.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow;

    /// <summary>Somebody whom the national e-ID has proofed at level 02.</summary>
    public static Task<Guid> CitizenAsync(this TestProvider provider, string number, string birthDate, ProofingLevel level = ProofingLevel.Level02) =>
        provider.DoAsync<IServiceProvider, Guid>(async services =>
        {
            var external = new ExternalIdentity("vnconnect", "https://eid.example", $"eid-{number}", ExternalSubjectKind.Individual, level,
                new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Thị Ẩn", [AttributeNames.PersonalNumber] = number, [AttributeNames.BirthDate] = birthDate }, [], DateTimeOffset.UtcNow);
            var person = services.GetRequiredService<Identity.Domain.People.PersonDirectory>().Create(external);
            await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
            return person.Id;
        });

    public static ExternalIdentity Mailbox(string connector, string subject, string mail) => new(connector, "https://mail.example", subject, ExternalSubjectKind.Individual, ProofingLevel.MailOnly,
        new Dictionary<string, string> { [AttributeNames.Email] = mail }, [], DateTimeOffset.UtcNow);

    public static Task<int> LinkAsync(this TestProvider provider, Guid personId, ExternalIdentity mailbox) => provider.InDatabaseAsync(db =>
    {
        db.LinkedIdentities.Add(new LinkedIdentity
        {
            PersonId = personId, Connector = mailbox.Connector, Issuer = mailbox.Issuer, Subject = mailbox.Subject, Proofing = mailbox.Proofing,
            LinkedAt = DateTimeOffset.UtcNow, LastUsedAt = DateTimeOffset.UtcNow,
        });
        return db.SaveChangesAsync();
    });

    public static Task<bool> ArriveAsync(this TestProvider provider, Guid personId, ExternalIdentity external) => provider.DoAsync<StaffArrivals, bool>(async arrivals =>
    {
        await arrivals.ArriveAsync(personId, external, CancellationToken.None);
        return true;
    });

    public static Task<List<Affiliation>> StandingsAsync(this TestProvider provider, Guid personId) =>
        provider.InDatabaseAsync(db => db.Affiliations.AsNoTracking().Where(a => a.PersonId == personId).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync());

    public static Task<List<string>> TrailAsync(this TestProvider provider, Guid personId) =>
        provider.InDatabaseAsync(db => db.AuditEvents.AsNoTracking().Where(a => a.PersonId == personId).OrderBy(a => a.Sequence).Select(a => a.Name + (a.Reason == null ? "" : " " + a.Reason)).ToListAsync());
}
