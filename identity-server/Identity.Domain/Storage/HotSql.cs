using System.Data.Common;
using Identity.Domain.Grants;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;

namespace Identity.Domain.Storage;

/// <summary>
/// What both engines' <see cref="IHotStatements"/> share: the statements that only read, and column lists with their readers side
/// by side, so that a position is counted once. Parameters are numbered (<c>$1</c>): the names that both drivers take.
/// </summary>
internal static class HotSql
{
    public const string SessionByDigest = """
        SELECT s.id, s.person_id, s.connector, s.acr, s.amr, s.level, s.proofing, s.authenticated_at, s.created_at, s.last_seen_at, s.expires_at, s.device, s.address, p.status, s.proofs, s.shared_computer
        FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.secret_digest = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3
        """;

    public const string AttributesBySession = """
        SELECT a.name, a.sealed_value FROM sessions s JOIN person_attributes a ON a.person_id = s.person_id AND a.superseded_at IS NULL WHERE s.secret_digest = $1
        """;

    public const string ConsentBySession = """
        SELECT c.claims, c.declined, c.kind, c.client_version, c.language, c.granted_at, c.expires_at, c.notified, c.words_digest
        FROM sessions s JOIN consents c ON c.person_id = s.person_id AND c.client_id = $2
        WHERE s.secret_digest = $1 AND c.withdrawn_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $3) ORDER BY c.granted_at DESC LIMIT 1
        """;

    public const string AttributesByGrant = """
        SELECT a.name, a.sealed_value FROM grants g JOIN person_attributes a ON a.person_id = g.person_id AND a.superseded_at IS NULL WHERE g.id = $1
        """;

    public const string RevokedToken = "SELECT 1 FROM revoked_tokens WHERE token_id = $1";

    public const string Park = """
        INSERT INTO pending_authentications (id, browser_digest, protocol, client_id, request, login_hint, language, force_login, account_confirmed, created_at, expires_at,
            release_required, release_optional, capacity_answer, capacity_answered_by, required_level, required_age, required_proofing)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, false, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """;

    public const string ParkedById = """
        SELECT id, browser_digest, protocol, client_id, request, login_hint, language, force_login, required_level, required_age, required_proofing, created_at, expires_at,
            connector, state_digest, sealed_transaction, sealed_identity, session_id, link_step, link_person_id, sealed_new_door, conflict_id, account_confirmed,
            capacity_answer, capacity_answered_by, release_required, release_optional, release_answer, release_answered_by, denial,
            problem, problem_detail, reference, problem_at, steps, concluded_at
        FROM pending_authentications WHERE id = $1 AND browser_digest = $2
        """;

    public const string CodeColumns = """
        digest, client_id, person_id, session_id, grant_id, redirect_uri, code_challenge, nonce, scope, claims_request,
        released_attributes, acr, amr, proofing, connector, authenticated_at, created_at, expires_at, capacity
        """;

    public const string CodeValues = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19";

    /// <summary>What a grant takes over from its code, in this order.</summary>
    public const string Carried = "client_id, person_id, session_id, scope, claims_request, released_attributes, nonce, acr, amr, proofing, connector, authenticated_at, capacity";

    /// <summary>A grant <c>g</c> and what its use depends on today, with the tables of <see cref="StandingTables"/>.</summary>
    public const string Standing = """
        g.id, g.client_id, g.person_id, g.session_id, g.scope, g.claims_request, g.released_attributes, g.nonce, g.acr, g.amr, g.proofing, g.connector,
        g.authenticated_at, g.created_at, g.offline, g.capacity, p.status, i.identifier, o.sid, o.subject
        """;

    public const int StandingColumns = GrantColumns + 4;
    private const int GrantColumns = 16;

    public static string StandingTables(string sector) => $"""
        JOIN people p ON p.id = g.person_id
        LEFT JOIN subject_identifiers i ON i.person_id = g.person_id AND i.sector = {sector}
        LEFT JOIN session_participants o ON o.session_id = g.session_id AND o.client_id = g.client_id
        """;

    /// <summary>The session is asked too: a grant opened in the very moment of a sign-out was not there to be revoked by it.</summary>
    public static readonly string GrantOfToken = $"""
        SELECT {Standing} FROM grants g {StandingTables("$3")}
        WHERE g.id = $2 AND g.revoked_at IS NULL AND NOT EXISTS (SELECT 1 FROM revoked_tokens t WHERE t.token_id = $1)
            AND (g.offline OR NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = g.session_id AND s.ended_at IS NOT NULL))
        """;

    public static StandingGrant ReadStanding(DbDataReader row) =>
        new(ReadGrant(row), (PersonStatus)row.GetInt32(GrantColumns), Text(row, GrantColumns + 1), Text(row, GrantColumns + 2), Text(row, GrantColumns + 3));

    /// <summary>Of <see cref="SessionByDigest"/>.</summary>
    public static SignedIn ReadSignedIn(DbDataReader row, string secretDigest) => new(ReadSession(row, secretDigest), (PersonStatus)row.GetInt32(13));

    private static Session ReadSession(DbDataReader row, string secretDigest) => new()
    {
        Id = row.GetGuid(0),
        SecretDigest = secretDigest,
        PersonId = row.GetGuid(1),
        Connector = row.GetString(2),
        Acr = row.GetString(3),
        Amr = row.GetString(4),
        Level = row.GetInt32(5),
        Proofing = (ProofingLevel)row.GetInt32(6),
        AuthenticatedAt = Time(row, 7),
        CreatedAt = Time(row, 8),
        LastSeenAt = Time(row, 9),
        ExpiresAt = Time(row, 10),
        Device = row.GetString(11),
        Address = Text(row, 12),
        Proofs = Text(row, 14),
        SharedComputer = row.IsDBNull(15) ? null : row.GetBoolean(15),
    };

    /// <summary>Of <see cref="ParkedById"/>: the whole row.</summary>
    public static PendingAuthentication ReadParked(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        BrowserDigest = row.GetString(1),
        Protocol = row.GetString(2),
        ClientId = Text(row, 3),
        Request = row.GetString(4),
        LoginHint = Text(row, 5),
        Language = Text(row, 6),
        ForceLogin = row.GetBoolean(7),
        RequiredLevel = Number(row, 8),
        RequiredAge = Number(row, 9),
        RequiredProofing = (ProofingLevel?)Number(row, 10),
        CreatedAt = Time(row, 11),
        ExpiresAt = Time(row, 12),
        Connector = Text(row, 13),
        StateDigest = Text(row, 14),
        SealedTransaction = Text(row, 15),
        SealedIdentity = Text(row, 16),
        SessionId = Id(row, 17),
        LinkStep = (LinkStep?)Number(row, 18),
        LinkPersonId = Id(row, 19),
        SealedNewDoor = Text(row, 20),
        ConflictId = Id(row, 21),
        AccountConfirmed = row.GetBoolean(22),
        CapacityAnswer = Text(row, 23),
        CapacityAnsweredBy = Id(row, 24),
        ReleaseRequired = Text(row, 25),
        ReleaseOptional = Text(row, 26),
        ReleaseAnswer = Text(row, 27),
        ReleaseAnsweredBy = Id(row, 28),
        Denial = Text(row, 29),
        Problem = Text(row, 30),
        ProblemDetail = Text(row, 31),
        Reference = Text(row, 32),
        ProblemAt = row.IsDBNull(33) ? null : Time(row, 33),
        Steps = Text(row, 34),
        ConcludedAt = row.IsDBNull(35) ? null : Time(row, 35),
    };

    public static Consent ReadConsent(DbDataReader row, Guid personId, string clientId) => new()
    {
        PersonId = personId,
        ClientId = clientId,
        Claims = row.GetString(0),
        Declined = row.GetString(1),
        Kind = row.GetString(2),
        ClientVersion = row.GetInt32(3),
        Language = row.GetString(4),
        GrantedAt = Time(row, 5),
        ExpiresAt = row.IsDBNull(6) ? null : Time(row, 6),
        Notified = Text(row, 7),
        WordsDigest = Text(row, 8),
    };

    /// <summary>All rows of the current result; they have arrived together with its first.</summary>
    public static IReadOnlyList<SealedAttribute> ReadAttributes(DbDataReader rows)
    {
        var attributes = new List<SealedAttribute>();
        while (rows.Read()) attributes.Add(new(rows.GetString(0), rows.GetString(1)));
        return attributes;
    }

    public static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static Guid? Id(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static DateTimeOffset Time(DbDataReader row, int column) => new(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    private static Grant ReadGrant(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ClientId = row.GetString(1),
        PersonId = row.GetGuid(2),
        SessionId = row.GetGuid(3),
        Scope = row.GetString(4),
        ClaimsRequest = Text(row, 5),
        ReleasedAttributes = Text(row, 6),
        Nonce = Text(row, 7),
        Acr = row.GetString(8),
        Amr = row.GetString(9),
        Proofing = (ProofingLevel)row.GetInt32(10),
        Connector = row.GetString(11),
        AuthenticatedAt = Time(row, 12),
        CreatedAt = Time(row, 13),
        Offline = row.GetBoolean(14),
        Capacity = Text(row, 15),
    };
}
