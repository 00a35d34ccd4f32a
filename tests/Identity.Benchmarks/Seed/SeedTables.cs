using Identity.Benchmarks.Stage;
using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Protocols.Federation;

namespace Identity.Benchmarks.Seed;

/// <summary>
/// Rows as the product writes them for people who came by the national e-ID, each with one session, one application, one consent and
/// one grant while sessions last. Attributes are sealed by the real vault under the real key. What is null in such a row is left out.
/// </summary>
internal sealed class SeedTables(PersonalDataVault vault, Client web, SeedSize size, DateTime now)
{
    private const string Eid = "national-eid";
    private const string EidIssuer = "https://eid.example";
    private static readonly string Acr = AcrValues.For(2);
    private static readonly string[] Attributes = [AttributeNames.PersonalNumber, AttributeNames.Name, AttributeNames.BirthDate, AttributeNames.Gender];

    /// <summary>Owners before what they own.</summary>
    public IReadOnlyList<SeedTable> All() =>
    [
        Clients("configuration_items", 1_800, SeedColumn.Text("document", Document)),
        Clients("configuration_versions", 1_800, SeedColumn.Text("document", Document), SeedColumn.Text("changed_by", "seed"), SeedColumn.Text("reason", "benchmark")),
        People(), PersonAttributes(), LinkedIdentities(), Proofings(), SubjectIdentifiers(), Sessions(), Participants(), Grants(), Consents(),
    ];

    private SeedTable Clients(string table, int bytes, params SeedColumn[] rest) => new(table, size.Clients, bytes,
    [
        SeedColumn.Text("kind", ConfigurationStore.ClientKind), SeedColumn.Text("name", n => SeededRows.ClientId((int)n)), SeedColumn.Number("version", _ => 1),
        SeedColumn.Moment("changed_at", _ => now), .. rest,
    ]);

    /// <summary>Secrets of a year and a bit: about every fourth ends within the ninety days that are watched.</summary>
    private string Document(long n) => ConfigurationWriter.Write(web with { ClientId = SeededRows.ClientId((int)n), Secrets = [.. web.Secrets.Select(s => s with { ExpiresAt = now.AddDays(1 + n % 400) })] });

    private SeedTable People() => new("people", size.People, 120,
    [
        SeedColumn.Id("id", Person), SeedColumn.Number("status", _ => (int)PersonStatus.Active), SeedColumn.Moment("created_at", Created),
    ]);

    private SeedTable PersonAttributes() => new("person_attributes", (long)size.People * Attributes.Length, 370,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('a', n)), SeedColumn.Id("person_id", n => Person(n / Attributes.Length)), SeedColumn.Text("name", n => Attributes[n % Attributes.Length]),
        SeedColumn.Text("sealed_value", Sealed),
        SeedColumn.OptionalText("lookup_digest", n => n % Attributes.Length == 0 ? vault.Digest(VaultPurpose.PersonalNumberLookup, SeededRows.PersonalNumber((int)(n / Attributes.Length))) : null),
        SeedColumn.Text("source", Eid), SeedColumn.Number("level", _ => (int)ProofingLevel.Level02), SeedColumn.Moment("obtained_at", n => Created(n / Attributes.Length)),
    ]);

    private string Sealed(long n)
    {
        var (person, name) = ((int)(n / Attributes.Length), Attributes[n % Attributes.Length]);
        var value = name switch
        {
            AttributeNames.PersonalNumber => SeededRows.PersonalNumber(person),
            AttributeNames.Name => SeededRows.Name(person),
            AttributeNames.BirthDate => SeededRows.BirthDate(person),
            _ => SeededRows.Gender(person),
        };
        // The context is PersonDirectory's: the owner's row, so that the server opens what is seeded here.
        return vault.Seal(VaultPurpose.Attribute, $"{Person(person):N}/{name}", value);
    }

    private SeedTable LinkedIdentities() => new("linked_identities", size.People, 330,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('l', n)), SeedColumn.Id("person_id", Person), SeedColumn.Text("connector", Eid), SeedColumn.Text("issuer", EidIssuer),
        SeedColumn.Text("subject", n => SeededRows.Text('u', n, 16)), SeedColumn.Number("proofing", _ => (int)ProofingLevel.Level02),
        SeedColumn.Moment("linked_at", Created), SeedColumn.Moment("last_used_at", _ => now),
    ]);

    private SeedTable Proofings() => new("proofings", size.People, 170,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('f', n)), SeedColumn.Id("person_id", Person), SeedColumn.Number("level", _ => (int)ProofingLevel.Level02),
        SeedColumn.Text("source", Eid), SeedColumn.Moment("proved_at", Created),
    ]);

    private SeedTable SubjectIdentifiers() => new("subject_identifiers", size.People, 210,
    [
        SeedColumn.Text("identifier", Subject), SeedColumn.Id("person_id", Person), SeedColumn.Text("sector", BenchmarkClients.Sector), SeedColumn.Moment("created_at", Created),
    ]);

    private SeedTable Sessions() => new("sessions", size.Sessions, 420,
    [
        SeedColumn.Id("id", Session), SeedColumn.Text("secret_digest", n => BearerSecret.DigestOf(SeededRows.SessionSecret((int)n))), SeedColumn.Id("person_id", PersonOfSession),
        // The local connector, for it is the one that benchmark.json configures: a session through an unknown one would not count.
        SeedColumn.Text("connector", BenchmarkClients.Connector), SeedColumn.Text("acr", Acr), SeedColumn.Text("amr", "pwd"), SeedColumn.Number("level", _ => 2),
        SeedColumn.Number("proofing", _ => (int)ProofingLevel.Level02), SeedColumn.Moment("authenticated_at", _ => now), SeedColumn.Moment("created_at", _ => now),
        // Ahead of the clock, so that a measurement days later still finds them alive.
        SeedColumn.Moment("last_seen_at", _ => now.AddDays(Lifetime)), SeedColumn.Moment("expires_at", n => now.AddDays(Lifetime).AddMilliseconds(n)),
        SeedColumn.Text("device", "Chrome · Android"), SeedColumn.Text("address", "127.0.0.1"),
    ]);

    private const int Lifetime = 30;

    private SeedTable Participants() => new("session_participants", size.Sessions, 250,
    [
        SeedColumn.Id("session_id", Session), SeedColumn.Text("client_id", web.ClientId), SeedColumn.Text("sid", n => SeededRows.Text('i', n, 16)),
        SeedColumn.Text("subject", n => Subject(n % size.People)), SeedColumn.Moment("first_at", _ => now),
    ]);

    private SeedTable Grants() => new("grants", size.Sessions, 620,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('g', n)), SeedColumn.Text("client_id", web.ClientId), SeedColumn.Id("person_id", PersonOfSession), SeedColumn.Id("session_id", Session),
        SeedColumn.Text("scope", BenchmarkClients.Web.Scope), SeedColumn.Text("released_attributes", Claims), SeedColumn.Text("nonce", n => SeededRows.Text('n', n, 16)),
        SeedColumn.Text("acr", Acr), SeedColumn.Text("amr", "pwd"), SeedColumn.Number("proofing", _ => (int)ProofingLevel.Level02), SeedColumn.Text("connector", BenchmarkClients.Connector),
        SeedColumn.Moment("authenticated_at", _ => now), SeedColumn.Moment("created_at", n => now.AddMilliseconds(n)), SeedColumn.Text("refresh_handle", n => SeededRows.Text('h', n, 16)),
        SeedColumn.Text("refresh_digest", n => SeededRows.Text('d', n, 32)), SeedColumn.Moment("refresh_expires_at", _ => now.AddDays(Lifetime)),
        SeedColumn.Moment("refresh_idle_at", _ => now.AddDays(Lifetime)), SeedColumn.Flag("offline", _ => true),
    ]);

    private const string Claims = "birthdate gender name";

    private SeedTable Consents() => new("consents", size.Sessions, 270,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('k', n)), SeedColumn.Id("person_id", PersonOfSession), SeedColumn.Text("client_id", web.ClientId), SeedColumn.Text("claims", Claims),
        SeedColumn.Text("declined", ""), SeedColumn.Text("kind", WireNames.DataReleases.Of(web.DataRelease)), SeedColumn.Number("client_version", _ => 1),
        SeedColumn.Text("language", "vi"), SeedColumn.Moment("granted_at", _ => now), SeedColumn.Moment("expires_at", _ => now.AddYears(1)),
    ]);

    private static Guid Person(long n) => SeededRows.PersonId((int)n);
    private static Guid Session(long n) => SeededRows.SessionId((int)n);
    private static string Subject(long n) => SeededRows.Text('b', n, 16);
    private static DateTime Created(long n) => SeededRows.CreatedAt((int)n);
    private Guid PersonOfSession(long n) => Person(n % size.People);
}

internal sealed record SeedSize(int People, int Clients, int Sessions);
