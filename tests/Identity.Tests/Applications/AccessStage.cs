using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Tests.Admin;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>One application with a picture and a request that waits, and whoever comes to it.</summary>
internal sealed class AccessStage : IAsyncDisposable
{
    private const string Name = "Hồ sơ đất đai";

    private readonly AdminVisitor _founder;
    private readonly Application _application;
    private readonly Guid _member;
    private readonly int _version;

    private AccessStage(OwnersOffice office, AdminVisitor founder, Application application, (Guid Member, int Version) of) =>
        (Office, _founder, _application, _member, _version) = (office, founder, application, of.Member, of.Version);

    public OwnersOffice Office { get; }

    /// <summary>What would do something on every form, if it were let.</summary>
    public (string, string)[] Forged =>
    [
        .. Office.GoodStart().Select(f => (f.Key, f.Value)), ("Version", $"{_version}"), ("Input.Version", $"{_version}"), ("Input.Contact", "hotro@mau.example"), ("Input.Reason", "vì thế"), ("Input.NextStep", "làm lại"),
        ("Input.Text", "chào"), ("Input.Why", "thôi dùng"), ("Input.Mail", "ai@xa.mau.example"), ("Input.Role", nameof(MemberRole.Owner)), ("Input.Account", "rp"), ("member", $"{_member}"),
        ("Input.Capacities", "Citizen"), ("Input.Scopes", "openid"), ("Input.JwksUri", "https://app.example/jwks"), ("Input.Force", "true"), ("Input.Item", nameof(ReviewItem.Purpose)),
    ];

    /// <summary>What does nothing on any form, sent by whoever may.</summary>
    public static (string, string)[] Empty => [("Input.Role", nameof(MemberRole.Owner))];

    public static async Task<AccessStage> OpenAsync(Engine engine)
    {
        var office = await OwnersOffice.OpenAsync(engine);
        var founder = await office.OfficialAsync();
        var id = await ReviewTests.TriedAsync(office, founder);
        await LogoTests.UploadAsync(founder, id, Pictures.Png(64, 64));
        await ReviewTests.AskAsync(founder, id);
        var (application, member) = (await office.FindAsync(id), await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == founder.PersonId).Select(m => m.Id).SingleAsync()));
        Assert.Equal(ApplicationState.InReview, application.State);
        return new(office, founder, application, (member, (await office.SandboxAsync(id)).Version));
    }

    /// <summary>With a post in the other agency, and this role in the province.</summary>
    public Task<AdminVisitor> OfficialAsync(params AdminRole[] roles) => Office.OfficialAsync(Office.OtherAgency, roles);

    public async Task<AdminVisitor> AgencyAsync(Guid agency)
    {
        var visitor = await OfficialAsync();
        await Office.Admin.GiveAsync(visitor.PersonId, AdminRole.AgencyAdministrator, agency);
        return visitor;
    }

    public async Task<AdminVisitor> OwnerElsewhereAsync()
    {
        var visitor = await OfficialAsync();
        await Office.RegisterAsync(visitor, new(Office.GoodStart()) { ["Input.NameVi"] = "Việc khác", ["Input.NameEn"] = "Something else", ["Input.Unit"] = $"{Office.OtherAgency}" });
        return visitor;
    }

    public async Task<AdminVisitor> MemberAsync(MemberRole role, bool hasLeft = false)
    {
        var visitor = await OfficialAsync();
        await Office.Admin.InDatabaseAsync(db =>
        {
            db.ApplicationMembers.Add(new() { ApplicationId = _application.Id, Role = role, PersonId = visitor.PersonId, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test", EndedAt = hasLeft ? DateTimeOffset.UtcNow : null });
            return db.SaveChangesAsync();
        });
        return visitor;
    }

    /// <summary>Asks as a browser does, with every parameter by which a page could be talked into naming the application.</summary>
    /// <param name="from">A page of this visitor with a form on it, whose token goes along.</param>
    public async Task<TestPage> AskAsync(AdminVisitor visitor, TestPage from, PageRow row, params (string, string)[] fields)
    {
        var address = row.Address(part => part switch { "id" => $"{_application.Id}", "format" => "csv", "status" => "404", _ => "vnconnect" });
        if (row.IsForm) return await DeskStage.PostAsync(visitor, from, address, fields);
        return await visitor.Browser.GetAsync($"{Office.Admin.Address}{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}of=all&name={Uri.EscapeDataString(Name)}&app={_application.SandboxClientId}");
    }

    public bool IsNamedOn(TestPage page) => page.Text.Contains(Name, StringComparison.Ordinal) || page.Text.Contains(_application.SandboxClientId, StringComparison.Ordinal);

    /// <summary>All that a form of an application can change.</summary>
    public async Task<string> StateAsync() => await Office.Admin.InDatabaseAsync(async db => string.Join('\n',
        await db.ConfigurationItems.Where(i => i.Kind == "client").SumAsync(i => i.Version),
        string.Join(';', await db.Applications.OrderBy(a => a.Id).Select(a => $"{a.NameVi} {a.State} {a.UnitId} {a.Contact} {a.ConfirmedAt} {a.PeoplePerMonth}").ToListAsync()),
        string.Join(';', await db.ApplicationMembers.OrderBy(m => m.Id).Select(m => $"{m.Role} {m.EndedAt}").ToListAsync()),
        string.Join(';', await db.ProductionRequests.OrderBy(r => r.Id).Select(r => r.State).ToListAsync()),
        await db.ReviewComments.CountAsync(), await db.ConfigurationProposals.CountAsync()));

    public async ValueTask DisposeAsync()
    {
        _founder.Dispose();
        await Office.DisposeAsync();
    }
}
