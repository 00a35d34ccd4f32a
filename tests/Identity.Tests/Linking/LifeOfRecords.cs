using Identity.Domain.Clients;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Linking;

/// <summary>Plays a history against the real directory, linker and database, and knows at every moment whose record is whose.</summary>
internal sealed class LifeOfRecords(TestProvider provider, FixedClock clock, string run, int humans)
{
    private static readonly LinkPolicy Policy = new(ProofingLevel.Level01);
    private readonly Human[] _humans = [.. Enumerable.Range(0, humans).Select(i => new Human(run, i))];
    private readonly Dictionary<Guid, int> _owners = [];
    private readonly Dictionary<Guid, Guid> _linkedTo = [];
    private readonly Dictionary<int, Guid> _proofed = [];
    private readonly Dictionary<(Guid Person, string Sector), string> _subjects = [];

    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;
    private readonly Dictionary<string, int> _outcomes = [];

    /// <summary>What is wrong after the step, or null.</summary>
    public async Task<string?> PlayAsync(LifeStep step)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var human = _humans[step.Human];
        clock.Advance(TimeSpan.FromSeconds(30));
        var wrong = step.Deed switch
        {
            Deed.SignIn => await SignInAsync(services, human, step),
            Deed.AddDoor => await AddDoorAsync(services, human, step),
            Deed.Unlink => await UnlinkAsync(services, human),
            Deed.LeaveAgency => await LeaveAgencyAsync(services, human, step),
            Deed.AskToClose => await AskToCloseAsync(services, human) ?? (step.Odd ? null : await PassAsync(services, TimeSpan.FromDays(8))),
            Deed.EightDaysPass => await PassAsync(services, TimeSpan.FromDays(8)),
            Deed.ADayPasses => await PassAsync(services, TimeSpan.FromDays(1)),
            Deed.VisitService => await VisitAsync(services, human),
            Deed.Rename => Do(() => human.Name = $"Nguyễn Văn Mẫu {step.Other}"),
            _ => Do(human.ChangeNumber),
        };
        return wrong ?? await CheckAsync(services);
    }

    private async Task<string?> SignInAsync(IServiceProvider services, Human human, LifeStep step)
    {
        var external = human.At(step.Source, _humans[step.Other], step.Odd, clock.GetUtcNow());
        var people = services.GetRequiredService<PersonDirectory>();
        var evidence = await people.GatherAsync(external, CancellationToken.None);
        var decision = IdentityLinker.Decide(evidence, Policy);
        Count($"{step.Deed} {decision.GetType().Name} {(decision as LinkDecision.Refuse)?.Why}");
        if (evidence.Link is { Frozen: true } && decision is not LinkDecision.Refuse) return "a frozen door opened";
        if (decision is LinkDecision.ConfirmOwnership { Candidate: var candidate })
            return _owners[candidate] == human.Index ? await ProveAsync(services, human, candidate, external) : null;
        return await CarryOutAsync(services, human, external, evidence, decision);
    }

    /// <summary>The human proves the record through a door that they have there; a hint at somebody else's record they cannot answer.</summary>
    private async Task<string?> ProveAsync(IServiceProvider services, Human human, Guid candidate, ExternalIdentity external)
    {
        if (await ProofAsync(services, candidate, weakest: false) is not { } proof) return null;
        var evidence = await services.GetRequiredService<PersonDirectory>().GatherAsync(external, proof, CancellationToken.None);
        var decision = IdentityLinker.Decide(evidence, Policy);
        Count($"Confirm {decision.GetType().Name} {(decision as LinkDecision.Refuse)?.Why}");
        return await CarryOutAsync(services, human, external, evidence, decision);
    }

    private async Task<string?> AddDoorAsync(IServiceProvider services, Human human, LifeStep step)
    {
        if (await RecordOfAsync(services, human) is not { } personId || await ProofAsync(services, personId, step.Odd) is not { } proof) return null;
        // A human may also be led to add a door that is somebody else's e-ID: what names another number must never get in.
        var whose = step.Source is Source.Eid or Source.WeakEid && step.Other % 2 == 1 ? _humans[step.Other] : human;
        var external = whose.At(step.Source, human, odd: false, clock.GetUtcNow());
        var evidence = await services.GetRequiredService<PersonDirectory>().GatherAsync(external, proof, CancellationToken.None);
        if (whose != human && evidence.SignedIn!.Person.Number == NumberComparison.Unknown) return null;
        var decision = IdentityLinker.Decide(evidence, Policy);
        Count($"{step.Deed} {decision.GetType().Name} {(decision as LinkDecision.Refuse)?.Why}");
        if (decision is LinkDecision.SignIn { PersonId: var id } && id != personId) return "a door led to another person than the one who added it";
        if (whose != human && decision is LinkDecision.SignIn) return "another human's e-ID became a door of this one";
        return await CarryOutAsync(services, human, external, evidence, decision);
    }

    private async Task<string?> CarryOutAsync(IServiceProvider services, Human human, ExternalIdentity external, LinkEvidence evidence, LinkDecision decision)
    {
        var (people, db) = (services.GetRequiredService<PersonDirectory>(), services.GetRequiredService<IdentityDb>());
        var ct = CancellationToken.None;
        var personId = decision switch
        {
            LinkDecision.SignIn known => (await people.EnterAsync(known.PersonId, external, known.AddLink, reopen: false, ct)).Id,
            LinkDecision.ReopenPerson left => (await people.EnterAsync(left.PersonId, external, left.AddLink, reopen: true, ct)).Id,
            LinkDecision.CreatePerson => people.Create(external).Id,
            _ => Guid.Empty,
        };
        if (decision is LinkDecision.Refuse { Why: var why } && LinkConflicts.IsConflict(why))
            await services.GetRequiredService<LinkConflicts>().RecordAsync(why, evidence, "AB-000-000-000", freezeDoor: false, ct);
        if (personId != Guid.Empty) await services.GetRequiredService<Leaving>().StayAsync(personId, ct);
        await db.SaveChangesAsync(ct);
        return personId == Guid.Empty ? null : Arrived(human, external, personId);
    }

    private string? Arrived(Human human, ExternalIdentity external, Guid personId)
    {
        _owners.TryAdd(personId, human.Index);
        if (_owners[personId] != human.Index) return $"human {human.Index} reached the record of human {_owners[personId]}";
        if (external.Connector != nameof(Source.Eid) || external.Find(AttributeNames.BirthDate)!.Length == 4 || human.ChangedNumber) return null;
        _proofed.TryAdd(human.Index, personId);
        return _proofed[human.Index] == personId ? null : $"human {human.Index} has two records for one proofed number";
    }

    private async Task<string?> UnlinkAsync(IServiceProvider services, Human human)
    {
        if (await RecordOfAsync(services, human) is not { } personId) return null;
        var (doors, db) = (services.GetRequiredService<Doors>(), services.GetRequiredService<IdentityDb>());
        var links = await doors.OfAsync(personId, CancellationToken.None);
        var facts = links.Select(l => new DoorFacts(l.Id, l.Connector, l.Proofing, Usable: true, l.FrozenAt is not null)).ToList();
        foreach (var (link, fact) in links.Zip(facts))
        {
            if (DoorRemoval.Judge(new(fact, facts, [])).Obstacle is not null) continue;
            Count("Unlink");
            await doors.RemoveAsync(link, CancellationToken.None);
            await db.SaveChangesAsync();
            _linkedTo.Remove(link.Id);
            return await db.LinkedIdentities.AnyAsync(l => l.PersonId == personId && l.FrozenAt == null) ? null : "the last door was taken away";
        }
        return null;
    }

    private async Task<string?> LeaveAgencyAsync(IServiceProvider services, Human human, LifeStep step)
    {
        var db = services.GetRequiredService<IdentityDb>();
        DateTimeOffset? now = clock.GetUtcNow();
        foreach (var mailbox in new[] { Source.Mailbox, Source.NumberedMailbox }.Select(source => human.At(source, human, odd: false, now.Value)))
            await db.LinkedIdentities.Where(l => l.Issuer == mailbox.Issuer && l.Subject == mailbox.Subject).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, now));
        human.NewMailbox();
        _humans[step.Other].Address = human.Address;
        return null;
    }

    private async Task<string?> AskToCloseAsync(IServiceProvider services, Human human)
    {
        if (await RecordOfAsync(services, human) is not { } personId) return null;
        await services.GetRequiredService<Leaving>().AskAsync(personId, CancellationToken.None);
        await services.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return null;
    }

    private async Task<string?> PassAsync(IServiceProvider services, TimeSpan time)
    {
        clock.Advance(time);
        if (await services.GetRequiredService<Leaving>().CloseDueAsync(CancellationToken.None) is var closed and > 0) Count($"Closed {closed}");
        var ids = _owners.Keys.ToList();
        foreach (var gone in await services.GetRequiredService<IdentityDb>().People.Where(p => ids.Contains(p.Id) && p.Status == PersonStatus.Closed).Select(p => p.Id).ToListAsync())
            foreach (var link in _linkedTo.Where(l => l.Value == gone).Select(l => l.Key).ToList()) _linkedTo.Remove(link);
        return null;
    }

    private async Task<string?> VisitAsync(IServiceProvider services, Human human)
    {
        if (await RecordOfAsync(services, human) is not { } personId) return null;
        foreach (var clientId in (string[])["rp", "rp-two"])
        {
            var client = services.GetRequiredService<ClientRegistry>().FindClient(clientId)!;
            var subject = await services.GetRequiredService<SubjectLedger>().IdentifierForAsync(personId, client, CancellationToken.None);
            _subjects.TryAdd((personId, client.Sector!), subject);
            if (_subjects[(personId, client.Sector!)] != subject) return $"human {human.Index} is another subject now";
        }
        return _subjects.GroupBy(s => s.Value).Any(g => g.Select(s => s.Key.Person).Distinct().Count() > 1) ? "two people are one subject" : null;
    }

    /// <summary>Every door of every record is its owner's, and stands where it was first put.</summary>
    private async Task<string?> CheckAsync(IServiceProvider services)
    {
        var ids = _owners.Keys.ToList();
        foreach (var link in await services.GetRequiredService<IdentityDb>().LinkedIdentities.AsNoTracking().Where(l => ids.Contains(l.PersonId)).ToListAsync())
        {
            _linkedTo.TryAdd(link.Id, link.PersonId);
            if (_linkedTo[link.Id] != link.PersonId) return "a door changed its person";
            if (int.Parse(link.Subject.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) != _owners[link.PersonId]) return "a record has another human's door";
        }
        return null;
    }

    /// <summary>An active record of this human, the proofed one first.</summary>
    private async Task<Guid?> RecordOfAsync(IServiceProvider services, Human human)
    {
        var ids = _owners.Where(o => o.Value == human.Index).Select(o => o.Key).ToList();
        var active = await services.GetRequiredService<IdentityDb>().People.Where(p => ids.Contains(p.Id) && p.Status == PersonStatus.Active).Select(p => p.Id).ToListAsync();
        return active.Count == 0 ? null : active.Contains(_proofed.GetValueOrDefault(human.Index)) ? _proofed[human.Index] : active.Order().First();
    }

    /// <summary>The session that a fresh sign-in through an open door of the record would be.</summary>
    private async Task<Session?> ProofAsync(IServiceProvider services, Guid personId, bool weakest)
    {
        var doors = await services.GetRequiredService<IdentityDb>().LinkedIdentities.AsNoTracking().Where(l => l.PersonId == personId && l.FrozenAt == null).ToListAsync();
        var door = weakest ? doors.MinBy(l => l.Proofing) : doors.MaxBy(l => l.Proofing);
        return door is null ? null : Session.Begin(clock.GetUtcNow(), now => new Session
        {
            SecretDigest = "", PersonId = personId, Connector = door.Connector, Acr = "", Amr = "", Device = "", Proofing = door.Proofing,
            AuthenticatedAt = now, CreatedAt = now, ExpiresAt = now.AddHours(1),
        });
    }

    private static string? Do(Action change)
    {
        change();
        return null;
    }

    private void Count(string outcome) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
}
