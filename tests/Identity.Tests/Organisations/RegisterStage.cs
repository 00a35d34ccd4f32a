using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Identity.Domain.Delegation;
using Identity.Server.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>A provider between the sandbox's e-ID and its business register.</summary>
internal sealed class RegisterStage : IAsyncDisposable
{
    private RegisterStage(FederationFixture eid) => Eid = eid;

    public FederationFixture Eid { get; }

    public TestProvider Provider => Eid.Provider;

    private string Url => Eid.Sandbox.Options.RegisterUrl;

    private HttpClient Hand => Eid.Sandbox.Browser;

    public static async Task<RegisterStage> StartAsync(Engine engine)
    {
        var eid = new FederationFixture(engine, null);
        await eid.InitializeAsync();
        var stage = new RegisterStage(eid);
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5087", stage.Url, StringComparison.Ordinal);
        var row = JsonNode.Parse(seed)!["connectors"]!.AsArray().Single(c => (string)c!["name"]! == "dkkd")!.DeepClone();
        row["settings"]!["timeout"] = "00:00:02";
        await stage.Provider.ImportAsync(new JsonObject { ["connectors"] = new JsonArray(row) }.ToJsonString());
        return stage;
    }

    public Task<Guid> PersonAsync(string key) => Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Subject == $"tech-{key}").Select(l => l.PersonId).SingleAsync());

    public Task<RegisterVisit> AskAsync(Guid personId) => Provider.DoAsync<RegisterDesk, RegisterVisit>(desk => desk.AskAboutAsync(personId, default));

    /// <summary>What the timetable does when it is this company's turn.</summary>
    public async Task RefreshAsync(string taxCode)
    {
        await Provider.InDatabaseAsync(db => db.Organisations.ExecuteUpdateAsync(set => set.SetProperty(o => o.AskNotBefore, DateTimeOffset.UtcNow)));
        var id = await Provider.InDatabaseAsync(db => db.Organisations.Where(o => o.TaxCode == taxCode).Select(o => o.Id).SingleAsync());
        await Provider.DoAsync<RegisterDesk, bool>(async desk =>
        {
            await desk.RefreshAsync(id, default);
            return true;
        });
    }

    public async Task ChangeAsync(string taxCode, params (string Name, string Value)[] fields)
    {
        using var reply = await Hand.PostAsync($"{Url}/_sandbox/{taxCode}", RunningSandbox.Form(fields));
        Assert.True((int)reply.StatusCode == 303, await reply.Content.ReadAsStringAsync());
    }

    public async Task FailAsync(string failure)
    {
        using var reply = await Hand.PutAsJsonAsync($"{Url}/_sandbox/failure", new { failure = failure.Replace("_", "", StringComparison.Ordinal) });
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Status with which the provider took the last event.</summary>
    public async Task<int> LastEventAsync() => (int)JsonNode.Parse(await Hand.GetStringAsync($"{Url}/_sandbox/events"))!.AsArray()[^1]!["status"]!;

    public Task<List<string>> CodesAsync(Guid personId) => Provider.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == personId)
        .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.TaxCode).OrderBy(c => c).ToListAsync());

    public Task<List<string>> SuspendedAsync(Guid personId) => Provider.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == personId && a.SuspendedAt != null)
        .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.TaxCode).OrderBy(c => c).ToListAsync());

    public Task<(Guid Standing, Guid Mandate)> GiveMandateAsync(Guid grantor, Guid grantee, string taxCode) => Provider.InDatabaseAsync(async db =>
    {
        var organisation = await db.Organisations.SingleAsync(o => o.TaxCode == taxCode);
        var standing = await db.Affiliations.SingleAsync(a => a.PersonId == grantor && a.OrganisationId == organisation.Id);
        var mandate = new Mandate
        {
            GrantorId = grantor, GranteeId = grantee, OrganisationId = organisation.Id, GrantorAffiliationId = standing.Id,
            ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), ValidTo = DateTimeOffset.UtcNow.AddDays(30), CreatedAt = DateTimeOffset.UtcNow, AcceptedAt = DateTimeOffset.UtcNow,
        };
        db.Mandates.Add(mandate);
        await db.SaveChangesAsync();
        return (standing.Id, mandate.Id);
    });

    public async ValueTask DisposeAsync() => await Eid.DisposeAsync();
}
