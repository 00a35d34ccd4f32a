using System.Globalization;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Linking;

/// <summary>Records, their ways in, and the attempts that make them collide; then the desk's turn.</summary>
internal sealed class ConflictStage(TestProvider provider)
{
    public const string Mail = "thu-xa";
    private static int _numbers = Random.Shared.Next(1, 700_000);

    public TestProvider Provider => provider;

    public static async Task<ConflictStage> OnAsync(Engine engine) => new(await TestProvider.SharedAsync(engine));

    /// <summary>A man of 1968 from a province that gave numbers out; nobody else's.</summary>
    public static string NewNumber() => string.Create(CultureInfo.InvariantCulture, $"096068{Interlocked.Increment(ref _numbers):000000}");

    public static ExternalIdentity Through(string connector, ProofingLevel level, params (string Name, string Value)[] facts) =>
        new(connector, $"https://{connector}.example", Guid.NewGuid().ToString("N"), ExternalSubjectKind.Individual, level, facts.ToDictionary(f => f.Name, f => f.Value), [], DateTimeOffset.UtcNow);

    public static ExternalIdentity Eid(string number, string birthDate = "1968-09-05") =>
        Through("vnconnect", ProofingLevel.Level02, (AttributeNames.Name, "Nguyễn Văn Mẫu"), (AttributeNames.PersonalNumber, number), (AttributeNames.BirthDate, birthDate));

    public async Task<Guid> PersonAsync(ExternalIdentity external) => await DoAsync(async services =>
    {
        var person = services.GetRequiredService<PersonDirectory>().Create(external);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return person.Id;
    });

    public Task AddDoorAsync(Guid person, ExternalIdentity external) => DoAsync(async services =>
    {
        await services.GetRequiredService<PersonDirectory>().EnterAsync(person, external, addLink: true, reopen: false, CancellationToken.None);
        return await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
    });

    /// <summary>What the sign-in pages do when the linker refuses: the linker is asked, and its refusal becomes a case.</summary>
    public Task<LinkConflict> CollideAsync(ExternalIdentity external, Guid? at = null, bool freezeDoor = false) => DoAsync(async services =>
    {
        var people = services.GetRequiredService<PersonDirectory>();
        var evidence = at is { } person ? await people.GatherAsync(external, SessionOf(person, "vnconnect"), CancellationToken.None) : await people.GatherAsync(external, CancellationToken.None);
        var why = Assert.IsType<LinkDecision.Refuse>(IdentityLinker.Decide(evidence, new(ProofingLevel.Level01))).Why;
        var reference = string.Create(CultureInfo.InvariantCulture, $"AB-{Random.Shared.Next(1_000_000_000):000-000-000}");
        var conflict = await services.GetRequiredService<LinkConflicts>().RecordAsync(why, evidence, reference, freezeDoor, CancellationToken.None);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return conflict;
    });

    /// <summary>What the linker says to somebody who comes through this way now.</summary>
    public Task<LinkDecision> DecideAsync(ExternalIdentity external) => DoAsync(async services =>
        IdentityLinker.Decide(await services.GetRequiredService<PersonDirectory>().GatherAsync(external, CancellationToken.None), new(ProofingLevel.Level01)));

    public Task<ConflictOutcome> RuleAsync(LinkConflict conflict, ConflictDecision decision, Guid? person = null) =>
        DoAsync(services => services.GetRequiredService<ConflictDesk>().DecideAsync(conflict.Id, new(decision, person, "command:desk", "BB-12/2026"), CancellationToken.None));

    public Task<ConflictOutcome> UndoAsync(LinkConflict conflict) =>
        DoAsync(services => services.GetRequiredService<ConflictDesk>().UndoAsync(conflict.Id, "BB-15/2026", CancellationToken.None));

    public Task<LinkedIdentity> DoorAsync(ExternalIdentity external) =>
        provider.InDatabaseAsync(db => db.LinkedIdentities.AsNoTracking().SingleAsync(l => l.Issuer == external.Issuer && l.Subject == external.Subject));

    public Task<string?> FactAsync(Guid person, string name) => DoAsync(async services =>
        (await services.GetRequiredService<PersonDirectory>().AttributesAsync(person, CancellationToken.None)).GetValueOrDefault(name));

    public async Task<Session> SignedInAsync(Guid person, string connector)
    {
        var session = SessionOf(person, connector);
        await provider.InDatabaseAsync(async db =>
        {
            db.Sessions.Add(session);
            return await db.SaveChangesAsync();
        });
        return session;
    }

    public Task<List<string>> TrailAsync(Guid person) =>
        provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.PersonId == person).OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync());

    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static Session SessionOf(Guid person, string connector) => Session.Begin(DateTimeOffset.UtcNow, now => new Session
    {
        SecretDigest = Guid.NewGuid().ToString("N"), PersonId = person, Connector = connector, Acr = "", Amr = "", Device = "? · ?", Proofing = ProofingLevel.Level02,
        AuthenticatedAt = now, CreatedAt = now, ExpiresAt = now.AddHours(1),
    });
}
