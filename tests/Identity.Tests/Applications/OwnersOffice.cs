using AngleSharp.Html.Dom;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Two agencies beside each other, and people who work there and own applications.</summary>
internal sealed class OwnersOffice : IAsyncDisposable
{
    private OwnersOffice(TestAdmin admin, Guid agency, Guid otherAgency) => (Admin, Agency, OtherAgency) = (admin, agency, otherAgency);

    public TestAdmin Admin { get; }
    public Guid Agency { get; }
    public Guid OtherAgency { get; }

    public static async Task<OwnersOffice> OpenAsync(Engine engine, FixedClock? clock = null)
    {
        var admin = await TestAdmin.StartAsync(engine, clock);
        return new OwnersOffice(admin, await AddUnitAsync(admin, "H99.71"), await AddUnitAsync(admin, "H99.72"));
    }

    /// <summary>Somebody with a post in an agency, signed in.</summary>
    public async Task<AdminVisitor> OfficialAsync(Guid? agency = null, params AdminRole[] roles)
    {
        var visitor = await Admin.NewVisitorAsync();
        await Admin.InDatabaseAsync(async db =>
        {
            db.Affiliations.Add(new() { PersonId = visitor.PersonId, OrgUnitId = agency ?? Agency, Kind = AffiliationKind.Official, Source = "hr", ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), CreatedAt = DateTimeOffset.UtcNow });
            return await db.SaveChangesAsync();
        });
        foreach (var role in roles) await Admin.GiveAsync(visitor.PersonId, role);
        await visitor.SignInAsync();
        return visitor;
    }

    /// <summary>The form of the start page, filled in so that it works.</summary>
    public Dictionary<string, string> GoodStart() => new()
    {
        ["Input.NameVi"] = "Hồ sơ đất đai", ["Input.NameEn"] = "Land dossiers", ["Input.PurposeVi"] = "lập hồ sơ cho bạn", ["Input.PurposeEn"] = "prepare your dossier", ["Input.Unit"] = $"{Agency}",
        ["Input.SecondOwner"] = "hai@xa.mau.example", ["Input.Kind"] = "ServerWeb", ["Input.RedirectUris"] = "http://localhost:8080/callback",
    };

    public async Task<TestPage> StartAsync(AdminVisitor owner, Dictionary<string, string>? form = null) => await SendAsync(owner, await owner.OpenAsync("/apps/new"), "/apps/new", form ?? GoodStart());

    /// <summary>A new application of this owner.</summary>
    public async Task<Guid> RegisterAsync(AdminVisitor owner, Dictionary<string, string>? form = null) => Guid.Parse((await StartAsync(owner, form)).Address.AbsolutePath.Split('/')[2]);

    /// <summary>The second owner has signed in: somebody with a post, who has taken the invitation up.</summary>
    public async Task<Guid> JoinAsync(string number = "096168000071")
    {
        var person = await Admin.Provider.CitizenAsync(number, "1968-09-05");
        await Admin.InDatabaseAsync(db =>
        {
            db.Affiliations.Add(new() { PersonId = person, OrgUnitId = Agency, Kind = AffiliationKind.Official, Source = "hr", ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), CreatedAt = DateTimeOffset.UtcNow });
            return db.SaveChangesAsync();
        });
        await TakeUpAsync(person, "hai@xa.mau.example");
        return person;
    }

    /// <summary>What waits for these mailboxes becomes this person's, as at a visit.</summary>
    public Task<int> TakeUpAsync(Guid person, params string[] mails) => Admin.WithAsync(async (ApplicationTeam team) => { await team.TakeUpAsync(person, mails, CancellationToken.None); return 0; });

    public Task<Application> FindAsync(Guid id) => Admin.InDatabaseAsync(db => db.Applications.AsNoTracking().SingleAsync(a => a.Id == id));

    public async Task<StoredClient> SandboxAsync(Guid id)
    {
        var clientId = (await FindAsync(id)).SandboxClientId;
        return (await Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(clientId, CancellationToken.None)))!;
    }

    public async Task<Client> ProductionAsync(Guid id)
    {
        var clientId = (await FindAsync(id)).ProductionClientId;
        return (await Admin.WithAsync(async (ClientDocuments documents) => await documents.FindAsync(clientId, CancellationToken.None)))!.Client;
    }

    /// <summary>Makes the public host read what was changed here, instead of waiting for its next look.</summary>
    public async Task RefreshProviderAsync() => await ((NodeSnapshot)Admin.Provider.Services.GetService(typeof(NodeSnapshot))!).RefreshAsync(CancellationToken.None);

    public async Task RefreshAdminAsync() => await ((NodeSnapshot)Admin.Services.GetService(typeof(NodeSnapshot))!).RefreshAsync(CancellationToken.None);

    /// <summary>Fills in the form with this action, query included, and sends it with what the page had put into it.</summary>
    public static Task<TestPage> SendAsync(AdminVisitor visitor, TestPage page, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var form = page.Forms.FirstOrDefault(f => f.GetAttribute("action") == action) ?? throw new InvalidOperationException($"No form for {action} on {page.Address}: {page.Text}");
        var typed = fields.ToList();
        var kept = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is "hidden" && typed.All(t => t.Key != i.Name)).Select(i => KeyValuePair.Create(i.Name!, i.Value));
        return visitor.Browser.PostAsync(new Uri(page.Address, action).AbsoluteUri, kept.Concat(typed));
    }

    /// <summary>What one form of the page holds, sent to another address.</summary>
    public static Task<TestPage> ForgeAsync(AdminVisitor visitor, TestPage page, string action, string sentTo, params (string Name, string Value)[] fields)
    {
        var hidden = page.Forms.First(f => f.GetAttribute("action") == action).Elements.OfType<IHtmlInputElement>().Where(i => i.Type is "hidden").Select(i => KeyValuePair.Create(i.Name!, i.Value));
        return visitor.Browser.PostAsync(new Uri(page.Address, sentTo).AbsoluteUri, hidden.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    /// <summary>The same with everything that stands in the form as it is.</summary>
    public static Task<TestPage> SaveAsync(AdminVisitor visitor, TestPage page, string action, params (string Name, string Value)[] changes) => PressAsync(visitor, page, action, action, changes);

    /// <summary>The same by a button that sends the form to another address.</summary>
    public static Task<TestPage> PressAsync(AdminVisitor visitor, TestPage page, string action, string sentTo, params (string Name, string Value)[] changes)
    {
        var form = page.Forms.First(f => f.GetAttribute("action") == action);
        var standing = form.Elements.SelectMany(e => e switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [KeyValuePair.Create(box.Name!, box.Value)] : [],
            IHtmlInputElement input when input.Name is not null => [KeyValuePair.Create(input.Name, input.Value)],
            IHtmlTextAreaElement area => [KeyValuePair.Create(area.Name!, area.Value)],
            IHtmlSelectElement select => [KeyValuePair.Create(select.Name!, select.Value ?? "")],
            _ => Array.Empty<KeyValuePair<string, string>>(),
        }).Where(f => changes.All(c => c.Name != f.Key));
        return visitor.Browser.PostAsync(new Uri(page.Address, sentTo).AbsoluteUri, standing.Concat(changes.Select(c => KeyValuePair.Create(c.Name, c.Value))));
    }

    public ValueTask DisposeAsync() => Admin.DisposeAsync();

    private static async Task<Guid> AddUnitAsync(TestAdmin admin, string code) => await admin.InDatabaseAsync(async db =>
    {
        var unit = new OrgUnit { Code = code, NameVi = $"Cơ quan {code}", NameEn = $"Agency {code}", Level = OrgUnitLevel.Department, ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) };
        db.OrgUnits.Add(unit);
        await db.SaveChangesAsync();
        return unit.Id;
    });
}
