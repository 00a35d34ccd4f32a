using System.Globalization;
using System.Text.RegularExpressions;
using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Account;

/// <summary>Somebody with a session in this browser, and what a test adds to it.</summary>
internal sealed partial class SignedInPerson(AccountSite site, Guid personId, Session session, HttpClient browser)
{
    public Guid Id => personId;
    public Session Session => session;
    public HttpClient Browser => browser;

    public static async Task<SignedInPerson> EnterAsync(AccountSite site)
    {
        var personId = Guid.Empty;
        await site.DoAsync(async services =>
        {
            var external = new ExternalIdentity("vneid-sandbox", "https://eid.example", Guid.NewGuid().ToString("N"), ExternalSubjectKind.Individual,
                ProofingLevel.Level02, new Dictionary<string, string> { ["name"] = "Nguyễn Thị Ẩn", ["birthdate"] = "1968-09-05" }, [], DateTimeOffset.UtcNow);
            personId = services.GetRequiredService<PersonDirectory>().Create(external).Id;
            await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        });
        var (session, secret) = await StartAsync(site, personId, "Firefox · Linux", DateTimeOffset.UtcNow);
        return new(site, personId, session, site.Browser(secret));
    }

    public async Task<Session> ElsewhereAsync(string device) => (await StartAsync(site, personId, device, DateTimeOffset.UtcNow.AddMinutes(-5))).Session;

    public async Task<Guid> GrantAsync(Guid sessionId, string client, bool offline = false)
    {
        var now = DateTimeOffset.UtcNow;
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(), ClientId = client, PersonId = personId, SessionId = sessionId, Scope = "openid profile", Acr = "x", Amr = "", Connector = "vneid-sandbox",
            AuthenticatedAt = now, CreatedAt = now, Offline = offline,
            RefreshHandle = offline ? BearerSecret.NewIdentifier() : null, RefreshExpiresAt = now.AddDays(1), RefreshIdleAt = now.AddDays(1),
        };
        await AddAsync(grant);
        return grant.Id;
    }

    public Task ConsentAsync(string client, string claims) => AddAsync(new Consent
    {
        PersonId = personId, ClientId = client, Claims = claims, Declined = "", Kind = "consent", Language = "vi", GrantedAt = DateTimeOffset.UtcNow, ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
    });

    public Task HappensAsync(string name, DateTimeOffset at, string? client = null) =>
        AddAsync(new AuditEvent { At = at, Name = name, PersonId = personId, ClientId = client, Connector = "vneid-sandbox" });

    public Task<string> OpenAsync(string page) => browser.GetStringAsync(new Uri(page, UriKind.Relative));

    /// <summary>Sends a form with the page's own token, as the page would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string name, string value)
    {
        var token = FormToken().Match(await OpenAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new(name, value), new("form", token)]);
        return await browser.PostAsync(new Uri(page == "/account" ? "/account/signout" : page, UriKind.Relative), form);
    }

    private async Task AddAsync(object row) => await site.DoAsync(async services =>
    {
        var db = services.GetRequiredService<IdentityDb>();
        db.Add(row);
        await db.SaveChangesAsync();
    });

    private static async Task<(Session Session, string Secret)> StartAsync(AccountSite site, Guid personId, string device, DateTimeOffset at)
    {
        var secret = BearerSecret.New();
        var session = Session.Begin(at, now => new Session
        {
            SecretDigest = secret.Digest, PersonId = personId, Connector = "vneid-sandbox", Acr = "x", Amr = "", Device = device,
            AuthenticatedAt = now, CreatedAt = now, ExpiresAt = now.AddHours(1),
        });
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<IdentityDb>();
            db.Sessions.Add(session);
            db.AuditEvents.Add(new AuditEvent { At = at, Name = "session.started", PersonId = personId, SessionId = session.Id, Connector = "vneid-sandbox" });
            await db.SaveChangesAsync();
        });
        return (session, secret.Value);
    }

    [GeneratedRegex("""name="form" type="hidden" value="([^"]+)""")]
    private static partial Regex FormToken();
}
