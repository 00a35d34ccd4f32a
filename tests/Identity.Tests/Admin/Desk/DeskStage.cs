using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>Both hosts, a small province, and people in and out of office in it.</summary>
internal sealed class DeskStage : IAsyncDisposable
{
    /// <summary>Of somebody born in 1968 whose number ends with 0001.</summary>
    public const string Number = "096168000001";

    private readonly Dictionary<string, Guid> _units;

    private DeskStage(TestAdmin admin, Dictionary<string, Guid> units) => (Admin, _units) = (admin, units);

    public TestAdmin Admin { get; }
    public Guid Home => _units["H99.07"];
    public Guid Division => _units["H99.07.12"];
    public Guid Science => _units["H99.08"];

    public static async Task<DeskStage> StartAsync(Engine engine, FixedClock? clock = null)
    {
        var admin = await TestAdmin.StartAsync(engine, clock);
        await admin.Provider.AcceptTreeAsync(Office.Tree);
        return new(admin, await admin.InDatabaseAsync(db => db.OrgUnits.ToDictionaryAsync(u => u.Code, u => u.Id)));
    }

    public Task<Guid> CitizenAsync(string number = Number) => Admin.Provider.CitizenAsync(number, "1968-09-05");

    /// <summary>Somebody in office in that unit who has signed in by that office.</summary>
    public async Task<Guid> OfficialAsync(Guid unit, string number = Number)
    {
        var person = await CitizenAsync(number);
        await PutInOfficeAsync(person, unit, Now);
        return person;
    }

    public async Task<Guid> PutInOfficeAsync(Guid person, Guid unit, DateTimeOffset? usedAt, DateTimeOffset? since = null)
    {
        var standing = new Affiliation
        {
            PersonId = person, OrgUnitId = unit, Kind = AffiliationKind.Official, Strength = RepresentationStrength.ConfirmedByAdministrator, Source = AffiliationSource.HumanResources,
            SourceKey = $"{person:N}"[..12], Position = "Chuyên viên", ValidFrom = Now.AddDays(-400), CreatedAt = since ?? Now.AddDays(-10), LastUsedAt = usedAt,
        };
        await Admin.InDatabaseAsync(db =>
        {
            db.Affiliations.Add(standing);
            return db.SaveChangesAsync();
        });
        return standing.Id;
    }

    public DateTimeOffset Now => Admin.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow;

    /// <summary>Somebody who answers for that agency, signed in.</summary>
    public async Task<AdminVisitor> AgencyAsync(Guid unit)
    {
        var visitor = await Admin.NewVisitorAsync();
        await Admin.GiveAsync(visitor.PersonId, AdminRole.AgencyAdministrator, unit);
        await visitor.SignInAsync();
        return visitor;
    }

    /// <summary>Sends the form of a good look-up by number, with changes.</summary>
    public static async Task<TestPage> LookUpAsync(AdminVisitor visitor, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string> { ["Input.Key"] = nameof(LookUpKey.PersonalNumber), ["Input.Text"] = Number, ["Input.Reason"] = nameof(LookUpReason.AskedForHelp) };
        foreach (var (name, value) in changes) fields[name] = value;
        return await visitor.SubmitAsync(await visitor.OpenAsync("/people"), "/people", [.. fields.Select(f => (f.Key, f.Value))]);
    }

    /// <summary>The page of a record that a good look-up opened; the path is the look-up's.</summary>
    public static async Task<TestPage> OpenRecordAsync(AdminVisitor visitor, params (string Name, string Value)[] changes)
    {
        var page = await LookUpAsync(visitor, changes);
        Assert.Equal("Hồ sơ của một người", page.Heading);
        return page;
    }

    /// <summary>A form that nobody made: the anti-forgery field of that page, and fields of one's own.</summary>
    public static Task<TestPage> PostAsync(AdminVisitor visitor, TestPage page, string path, params (string Name, string Value)[] fields) =>
        visitor.Browser.PostAsync(new Uri(page.Address, path).AbsoluteUri, [KeyValuePair.Create("form", page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    public Task<int> CountAsync(string name, Guid? person = null) => Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == name && (person == null || a.PersonId == person)));

    public ValueTask DisposeAsync() => Admin.DisposeAsync();
}
