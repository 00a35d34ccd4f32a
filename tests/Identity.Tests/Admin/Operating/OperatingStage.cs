using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using AngleSharp.Html.Dom;
using Identity.Domain.Administration;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Operating;

/// <summary>What the tests of roles, connectors, keys, announcements and statistics have in common.</summary>
internal static class OperatingStage
{
    /// <summary>Two departments, and a division below the first of them.</summary>
    public const string Agency = "H99.07";
    public const string Division = "H99.07.12";
    public const string OtherAgency = "H99.08";

    public static async Task<Guid> UnitAsync(this TestAdmin admin, string code)
    {
        if (!await admin.InDatabaseAsync(db => db.OrgUnits.AnyAsync(u => u.Code == code))) await admin.Provider.AcceptTreeAsync(Office.Tree);
        return await admin.InDatabaseAsync(db => db.OrgUnits.Where(u => u.Code == code).Select(u => u.Id).SingleAsync());
    }

    /// <summary>Somebody who answers for one agency, signed in.</summary>
    public static async Task<AdminVisitor> SignInForAsync(this TestAdmin admin, string agency)
    {
        var visitor = await admin.NewVisitorAsync();
        await admin.GiveAsync(visitor.PersonId, AdminRole.AgencyAdministrator, await admin.UnitAsync(agency));
        await visitor.SignInAsync();
        return visitor;
    }

    /// <summary>Sends the form whose action is exactly this, with its hidden fields and the given ones.</summary>
    public static Task<TestPage> SendAsync(this AdminVisitor visitor, TestPage page, string action, params (string Name, string Value)[] fields)
    {
        var form = page.Forms.FirstOrDefault(f => f.GetAttribute("action") == action) ?? throw new InvalidOperationException($"No form {action} on {page.Address}: {page.Text}");
        var hidden = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden" && fields.All(f => f.Name != i.Name)).Select(i => KeyValuePair.Create(i.Name!, i.Value));
        return visitor.Browser.PostAsync(new Uri(page.Address, action).AbsoluteUri, hidden.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    public static Task<int> TrailAsync(this TestAdmin admin, string name) => admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == name));

    public static Task SaveAsync(this TestAdmin admin, Action<IdentityDb> change) => admin.InDatabaseAsync(async db =>
    {
        change(db);
        return await db.SaveChangesAsync();
    });

    /// <summary>A post in that unit with this mailbox, as a personnel list names it.</summary>
    public static async Task AddPostAsync(this TestAdmin admin, string code, string mail)
    {
        var (unit, digest) = (await admin.UnitAsync(code), await admin.WithAsync((StaffPosts posts) => Task.FromResult(posts.MailDigest(mail))));
        await admin.SaveAsync(db => db.StaffRecords.Add(new() { Source = "hr", StaffNumber = $"{code} {mail}", SealedName = "", UnitId = unit, MailDigest = digest }));
    }

    /// <summary>As the middleware reads it of every request.</summary>
    public static Task<AdminActor> ActorAsync(this TestAdmin admin, Guid personId) => admin.WithAsync((RoleBook roles) => roles.ActorAsync(personId, CancellationToken.None));
}
