using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.People;

/// <summary>Reads the facts that linking decides on and carries the decision out. Callers commit, so that person, link, attributes and audit are one transaction.</summary>
public sealed class PersonDirectory(IdentityDb db, PersonalDataVault vault, AuditTrail audit, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Ending of the attributes that judge another one: <c>email_verified</c>.</summary>
    private const string Verdict = "_verified";

    public async Task<LinkEvidence> GatherAsync(ExternalIdentity external, CancellationToken ct)
    {
        var number = external.Find(AttributeNames.PersonalNumber);
        var digest = number is null ? null : NumberDigest(number, external);
        var link = await db.LinkedIdentities.AsNoTracking().SingleOrDefaultAsync(l => l.Issuer == external.Issuer && l.Subject == external.Subject, ct);
        var holders = number is null ? [] : await HoldersOfAsync(number, external, ct);
        var known = new List<KnownPerson>();
        foreach (var id in holders) known.Add(await DescribeAsync(id, digest, ct));
        return new LinkEvidence(
            external,
            link is null ? null : new KnownLink(await DescribeAsync(link.PersonId, digest, ct), link.FrozenAt is not null),
            known,
            SignedIn: null,
            clock.GetUtcNow());
    }

    /// <summary>The same for a door that somebody is adding: <paramref name="proof"/> is the session that they started to prove themselves.</summary>
    public async Task<LinkEvidence> GatherAsync(ExternalIdentity external, Session proof, CancellationToken ct)
    {
        var number = external.Find(AttributeNames.PersonalNumber);
        var person = await DescribeAsync(proof.PersonId, number is null ? null : NumberDigest(number, external), ct);
        return await GatherAsync(external, ct) with { SignedIn = new(person, proof.Proofing, proof.Context().PresentAt) };
    }

    public Person Create(ExternalIdentity external)
    {
        var now = clock.GetUtcNow();
        var person = Person.Create(now);
        db.People.Add(person);
        audit.Add("person.created", personId: person.Id, connector: external.Connector);
        Link(person.Id, external, now, isSecondary: false);
        foreach (var (name, value) in external.Attributes) Store(person.Id, name, value, external, now);
        return person;
    }

    /// <summary>A person whom only a local account stands for: no link, no proofing, attributes that nobody vouches for.</summary>
    internal Person CreateSelfAsserted(string source, IReadOnlyDictionary<string, string> attributes)
    {
        var now = clock.GetUtcNow();
        var person = Person.Create(now);
        db.People.Add(person);
        audit.Add("person.created", personId: person.Id, connector: source);
        var origin = new ExternalIdentity(source, source, person.Id.ToString(), ExternalSubjectKind.Individual, ProofingLevel.SelfAsserted, attributes, [], now);
        foreach (var (name, value) in attributes) Store(person.Id, name, value, origin, now);
        return person;
    }

    /// <summary>Records a sign-in through a known or newly added door: link, proofing when it is stronger, attributes that changed.</summary>
    public async Task<Person> EnterAsync(Guid personId, ExternalIdentity external, bool addLink, bool reopen, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var person = await db.People.Include(p => p.Attributes.Where(a => a.SupersededAt == null)).Include(p => p.Proofings).SingleAsync(p => p.Id == personId, ct);
        if (reopen)
        {
            person.ChangeStatus(PersonStatus.Active);
            audit.Add("person.reopened", personId: personId, connector: external.Connector);
            await notices.TellAsync(personId, NoticeKind.AccountReopened, new() { Connector = external.Connector }, ct);
        }
        var link = addLink
            ? Link(personId, external, now, await db.LinkedIdentities.AnyAsync(l => l.PersonId == personId && l.Connector == external.Connector, ct))
            : await TouchLinkAsync(external, now, ct);
        // Before the new door's own address counts as a contact: whoever adds a door must not be the only one to hear of it.
        if (addLink) await notices.TellAsync(personId, NoticeKind.IdentityLinked, new() { Connector = external.Connector, About = link.Id }, ct);
        if (!addLink && person.BestProofing < external.Proofing) Prove(personId, external, now);
        // Before anything changes: what is stored below joins the person's attributes beside what it replaces.
        var believed = external.Attributes.Where(a => !IsAboutAnotherValue(person, a.Key, external) && !IsOfMainDoor(person, a.Key, link)).ToList();
        foreach (var (name, value) in believed) await RefreshAsync(person, name, value, external, now, ct);
        return person;
    }

    /// <summary>Current attribute values in clear, by canonical name. For answers to applications and to the person; never for logs.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AttributesAsync(Guid personId, CancellationToken ct)
    {
        var rows = await db.PersonAttributes.AsNoTracking().Where(a => a.PersonId == personId && a.SupersededAt == null)
            .Select(a => new { a.Name, a.SealedValue }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Name, r => Open(personId, r.Name, r.SealedValue), StringComparer.Ordinal);
    }

    /// <summary>The same with who vouches for each, how well, and since when.</summary>
    public async Task<IReadOnlyDictionary<string, SourcedValue>> SourcedAsync(Guid personId, CancellationToken ct)
    {
        var rows = await db.PersonAttributes.AsNoTracking().Where(a => a.PersonId == personId && a.SupersededAt == null).ToListAsync(ct);
        return rows.ToDictionary(r => r.Name, r => new SourcedValue(Open(personId, r.Name, r.SealedValue), r.Source, r.Level, r.ObtainedAt), StringComparer.Ordinal);
    }

    /// <summary>The same for everybody on a page at once. Whoever has no attribute is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, SourcedValue>>> SourcedAsync(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var rows = await db.PersonAttributes.AsNoTracking().Where(a => people.Contains(a.PersonId) && a.SupersededAt == null).ToListAsync(ct);
        return rows.GroupBy(r => r.PersonId).ToDictionary(person => person.Key, IReadOnlyDictionary<string, SourcedValue> (person) =>
            person.ToDictionary(r => r.Name, r => new SourcedValue(Open(person.Key, r.Name, r.SealedValue), r.Source, r.Level, r.ObtainedAt), StringComparer.Ordinal));
    }

    /// <summary>What everybody on a page is called, in one query. Whoever has no name is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> people, CancellationToken ct) => (await db.PersonAttributes.AsNoTracking()
            .Where(a => people.Contains(a.PersonId) && a.Name == AttributeNames.Name && a.SupersededAt == null).Select(a => new { a.PersonId, a.SealedValue }).ToListAsync(ct))
        .ToDictionary(a => a.PersonId, a => Open(a.PersonId, AttributeNames.Name, a.SealedValue));

    /// <summary>The same for rows that were read together with something else.</summary>
    public IReadOnlyDictionary<string, string> Open(Guid personId, IReadOnlyList<SealedAttribute> attributes)
    {
        var values = new Dictionary<string, string>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, sealedValue) in attributes) values.Add(name, Open(personId, name, sealedValue));
        return values;
    }

    /// <summary>What a proof of being this person has to reach: less could take the record over through its weakest door.</summary>
    public async Task<ProofingLevel> BestProofingAsync(Guid personId, CancellationToken ct) =>
        await db.Proofings.Where(p => p.PersonId == personId).MaxAsync(p => (ProofingLevel?)p.Level, ct) ?? ProofingLevel.SelfAsserted;

    public Task<PersonStatus?> StatusAsync(Guid personId, CancellationToken ct) =>
        db.People.Where(p => p.Id == personId).Select(p => (PersonStatus?)p.Status).SingleOrDefaultAsync(ct);

    /// <summary>Everybody for whom a source has vouched that this is their number now.</summary>
    internal Task<List<Guid>> HoldersOfAsync(string number, ExternalIdentity external, CancellationToken ct)
    {
        var digest = NumberDigest(number, external);
        return db.PersonAttributes.AsNoTracking().Where(a => a.LookupDigest == digest && a.SupersededAt == null).Select(a => a.PersonId).Distinct().ToListAsync(ct);
    }

    private async Task<KnownPerson> DescribeAsync(Guid personId, string? assertedDigest, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().Include(p => p.Proofings)
            .Include(p => p.Attributes.Where(a => a.SupersededAt == null && (a.Name == AttributeNames.PersonalNumber || a.Name == AttributeNames.BirthDate)))
            .SingleAsync(p => p.Id == personId, ct);
        var number = person.Attributes.SingleOrDefault(a => a.Name == AttributeNames.PersonalNumber);
        var birthDate = person.Attributes.SingleOrDefault(a => a.Name == AttributeNames.BirthDate);
        return new KnownPerson(
            person.Id,
            person.Status,
            person.BestProofing,
            birthDate is null ? null : Open(personId, birthDate.Name, birthDate.SealedValue),
            assertedDigest is null || number?.LookupDigest is null ? NumberComparison.Unknown
                : number.LookupDigest == assertedDigest ? NumberComparison.Same
                : NumberComparison.Different);
    }

    private LinkedIdentity Link(Guid personId, ExternalIdentity external, DateTimeOffset now, bool isSecondary)
    {
        var link = new LinkedIdentity
        {
            PersonId = personId,
            Connector = external.Connector,
            Issuer = external.Issuer,
            Subject = external.Subject,
            Proofing = external.Proofing,
            LinkedAt = now,
            LastUsedAt = now,
            SecondarySince = isSecondary ? now : null,
        };
        db.LinkedIdentities.Add(link);
        audit.Add("identity.linked", personId: personId, connector: external.Connector);
        Prove(personId, external, now);
        return link;
    }

    private void Prove(Guid personId, ExternalIdentity external, DateTimeOffset now)
    {
        if (external.Proofing == ProofingLevel.SelfAsserted) return;
        db.Proofings.Add(new() { PersonId = personId, Level = external.Proofing, Source = external.Connector, ProvedAt = now });
        audit.Add("person.proofed", personId: personId, connector: external.Connector, detail: external.Proofing.ToString());
    }

    private async Task<LinkedIdentity> TouchLinkAsync(ExternalIdentity external, DateTimeOffset now, CancellationToken ct)
    {
        // Its row count is the verdict: a link that was frozen since the decision lets nobody in any more.
        if (await db.LinkedIdentities.Where(l => l.Issuer == external.Issuer && l.Subject == external.Subject && l.FrozenAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(l => l.LastUsedAt, now).SetProperty(l => l.Proofing, l => l.Proofing < external.Proofing ? external.Proofing : l.Proofing), ct) == 0)
            throw new DbUpdateConcurrencyException("The link was frozen or removed while it was used.");
        return await db.LinkedIdentities.AsNoTracking().SingleAsync(l => l.Issuer == external.Issuer && l.Subject == external.Subject, ct);
    }

    /// <summary>A value of lower quality never replaces a better one; an equal value is left alone, so that its date keeps meaning.</summary>
    private async Task RefreshAsync(Person person, string name, string value, ExternalIdentity external, DateTimeOffset now, CancellationToken ct)
    {
        var current = person.Attributes.SingleOrDefault(a => a.Name == name);
        if (current is not null)
        {
            if (current.Level > external.Proofing || Open(person.Id, name, current.SealedValue) == value) return;
            // A statement of its own: the unique index over active values must see the old one leave before the new one comes.
            await SupersedeAsync(person.Id, name, now, ct);
            // "Verified" was said of the value that goes.
            if (external.Find(name + Verdict) is null) await SupersedeAsync(person.Id, name + Verdict, now, ct);
            audit.Add("attribute.changed", personId: person.Id, connector: external.Connector, detail: name);
        }
        Store(person.Id, name, value, external, now);
    }

    internal Task<int> SupersedeAsync(Guid personId, string name, DateTimeOffset now, CancellationToken ct) =>
        db.PersonAttributes.Where(a => a.PersonId == personId && a.Name == name && a.SupersededAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.SupersededAt, (DateTimeOffset?)now), ct);

    /// <summary>A mailbox that an agency vouches for says nothing about the address that the national e-ID gave.</summary>
    private bool IsAboutAnotherValue(Person person, string name, ExternalIdentity external)
    {
        if (!name.EndsWith(Verdict, StringComparison.Ordinal)) return false;
        var value = name[..^Verdict.Length];
        return person.Attributes.SingleOrDefault(a => a.Name == value) is { } current && current.Level > external.Proofing
            && Open(person.Id, value, current.SealedValue) != external.Find(value);
    }

    /// <summary>The second account at one provider does not change what the main one said.</summary>
    private static bool IsOfMainDoor(Person person, string name, LinkedIdentity link) =>
        link.SecondarySince is not null && person.Attributes.Exists(a => a.Name == name && a.Source == link.Connector);

    private void Store(Guid personId, string name, string value, ExternalIdentity external, DateTimeOffset now) => db.PersonAttributes.Add(Row(personId, name, value, external, now));

    internal PersonAttribute Row(Guid personId, string name, string value, ExternalIdentity external, DateTimeOffset now) => new()
    {
        PersonId = personId,
        Name = name,
        SealedValue = vault.Seal(VaultPurpose.Attribute, Context(personId, name), value),
        // Only numbers that a source vouched for can be found: else typing a stranger's number would freeze the stranger.
        LookupDigest = name == AttributeNames.PersonalNumber && external.Proofing > ProofingLevel.SelfAsserted ? NumberDigest(value, external) : null,
        Source = external.Connector,
        Level = external.Proofing,
        ObtainedAt = now,
    };

    private string Open(Guid personId, string name, string sealedValue) => vault.Open(VaultPurpose.Attribute, Context(personId, name), sealedValue);

    private string NumberDigest(string number, ExternalIdentity external) =>
        vault.Digest(VaultPurpose.PersonalNumberLookup, $"{(SyntheticPerson.Is(external) ? SyntheticPerson.Prefix : "")}{number.Replace(" ", "", StringComparison.Ordinal)}");

    internal static string Context(Guid personId, string name) => $"{personId:N}/{name}";
}

/// <param name="Source">Connector that vouched for the value.</param>
public sealed record SourcedValue(string Value, string Source, ProofingLevel Level, DateTimeOffset ObtainedAt)
{
    public override string ToString() => $"SourcedValue({Source})";
}
