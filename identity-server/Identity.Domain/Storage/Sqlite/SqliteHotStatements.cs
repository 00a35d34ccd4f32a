using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Microsoft.Data.Sqlite;

namespace Identity.Domain.Storage.Sqlite;

/// <summary>The engine lives in this process, so several statements cost no more than one; the transaction keeps them together.</summary>
internal sealed class SqliteHotStatements(SqliteLane lane) : IHotStatements
{
    private const string Conclude = "UPDATE pending_authentications SET concluded_at = $2 WHERE id = $1 AND concluded_at IS NULL";

    private const string InsertCode = $"INSERT INTO authorization_codes ({HotSql.CodeColumns}) VALUES ({HotSql.CodeValues})";

    private const string BurnCode = """
        UPDATE authorization_codes SET redeemed_at = $3 WHERE digest = $1 AND client_id = $2 AND redeemed_at IS NULL AND expires_at > $3
        RETURNING grant_id, redirect_uri, code_challenge, $4 IS NOT NULL AND instr(' ' || scope || ' ', ' offline_access ') > 0
        """;

    private static readonly string OpenGrant = $"""
        INSERT INTO grants (id, {HotSql.Carried}, created_at, refresh_handle, refresh_digest, refresh_expires_at, refresh_idle_at, offline)
        SELECT grant_id, {HotSql.Carried}, $2, $3, $4, $5, $6, $7 FROM authorization_codes WHERE digest = $1
        """;

    private static readonly string OpenedGrant = $"""
        SELECT {HotSql.Standing}, s.ended_at IS NULL AND s.expires_at > $3 AND s.last_seen_at > $4
        FROM grants g JOIN sessions s ON s.id = g.session_id {HotSql.StandingTables("$2")} WHERE g.id = $1
        """;

    private const string Rotate = """
        UPDATE grants SET previous_refresh_digest = refresh_digest, refresh_digest = $6, rotation_salt = $7, rotated_at = $4, refresh_idle_at = $5
        WHERE refresh_handle = $1 AND client_id = $2 AND refresh_digest = $3 AND revoked_at IS NULL AND refresh_expires_at > $4 AND refresh_idle_at > $4
        """;

    private static readonly string RotatedGrant = $"SELECT {HotSql.Standing} FROM grants g {HotSql.StandingTables("$2")} WHERE g.refresh_handle = $1";

    public Task<SignedIn?> FindSignedInAsync(string secretDigest, string? clientId, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct) =>
        Task.FromResult(lane.Read(db =>
        {
            using var found = db.Query(HotSql.SessionByDigest, secretDigest, now, idleSince);
            if (!found.Read()) return null;
            var signedIn = HotSql.ReadSignedIn(found, secretDigest);
            if (clientId is null) return signedIn;
            using var attributes = db.Query(HotSql.AttributesBySession, secretDigest);
            using var consent = db.Query(HotSql.ConsentBySession, secretDigest, clientId, now);
            return signedIn with
            {
                Attributes = HotSql.ReadAttributes(attributes),
                Consent = consent.Read() ? HotSql.ReadConsent(consent, signedIn.Session.PersonId, clientId) : null,
            };
        }));

    public Task ParkAsync(PendingAuthentication pending, CancellationToken ct) => lane.WriteAsync(db => db.Execute(HotSql.Park, pending.Id, pending.BrowserDigest, pending.Protocol,
        pending.ClientId, pending.Request, pending.LoginHint, pending.Language, pending.ForceLogin, pending.CreatedAt, pending.ExpiresAt, pending.ReleaseRequired, pending.ReleaseOptional,
        pending.CapacityAnswer, pending.CapacityAnsweredBy, pending.RequiredLevel, pending.RequiredAge, (int?)pending.RequiredProofing), ct);

    public Task<PendingAuthentication?> FindParkedAsync(string id, string browserDigest, CancellationToken ct) => Task.FromResult(lane.Read(db =>
    {
        using var found = db.Query(HotSql.ParkedById, id, browserDigest);
        return found.Read() ? HotSql.ReadParked(found) : null;
    }));

    public Task<bool> AddCodeAsync(AuthorizationCode code, string? concludes, AuditEvent entry, CancellationToken ct) => lane.WriteAsync(db =>
    {
        if (concludes is not null && db.Execute(Conclude, concludes, code.CreatedAt) == 0) return false;
        db.Execute(InsertCode, code.Digest, code.ClientId, code.PersonId, code.SessionId, code.GrantId, code.RedirectUri, code.CodeChallenge, code.Nonce,
            code.Scope, code.ClaimsRequest, code.ReleasedAttributes, code.Acr, code.Amr, (int)code.Proofing, code.Connector, code.AuthenticatedAt, code.CreatedAt, code.ExpiresAt, code.Capacity);
        SqliteAuditTable.Insert(db, entry, entry.PersonId, entry.ClientId, entry.SessionId, entry.Connector);
        return true;
    }, ct);

    public Task<OpenedCode?> RedeemCodeAsync(CodePresentation presented, AuditEvent entry, CancellationToken ct) => lane.WriteAsync(db =>
    {
        Guid grantId;
        string redirectUri;
        string? challenge;
        bool refreshable;
        using (var code = db.Query(BurnCode, presented.Digest, presented.ClientId, presented.Now, presented.Refresh?.Handle))
        {
            if (!code.Read()) return null;
            (grantId, redirectUri, challenge, refreshable) = (code.GetGuid(0), code.GetString(1), HotSql.Text(code, 2), code.GetBoolean(3));
        }
        var (refresh, terms) = refreshable ? (presented.Refresh, presented.Terms) : (null, null);
        db.Execute(OpenGrant, presented.Digest, presented.Now, refresh?.Handle, refresh?.Secret.Digest, presented.Now + terms?.Lifetime, presented.Now + terms?.Idle, refreshable);
        using var opened = db.Query(OpenedGrant, grantId, presented.Sector, presented.Now, presented.IdleSince);
        opened.Read();
        var grant = HotSql.ReadStanding(opened);
        var isLive = opened.GetBoolean(HotSql.StandingColumns);
        Record(db, entry, grant.Grant);
        return new OpenedCode(grant, redirectUri, challenge, isLive);
    }, ct);

    public Task<StandingGrant?> RotateAsync(RefreshPresentation presented, AuditEvent entry, CancellationToken ct) => lane.WriteAsync(db =>
    {
        if (db.Execute(Rotate, presented.Handle, presented.ClientId, presented.Digest, presented.Now, presented.IdleAt, presented.SuccessorDigest, presented.Salt) == 0) return null;
        using var rotated = db.Query(RotatedGrant, presented.Handle, presented.Sector);
        rotated.Read();
        var grant = HotSql.ReadStanding(rotated);
        Record(db, entry, grant.Grant);
        return grant;
    }, ct);

    public Task<StandingGrant?> FindGrantAsync(string tokenId, Guid grantId, string sector, bool withAttributes, CancellationToken ct) => Task.FromResult(lane.Read(db =>
    {
        using var found = db.Query(HotSql.GrantOfToken, tokenId, grantId, sector);
        if (!found.Read()) return null;
        var grant = HotSql.ReadStanding(found);
        if (!withAttributes) return grant;
        using var attributes = db.Query(HotSql.AttributesByGrant, grantId);
        return grant with { Attributes = HotSql.ReadAttributes(attributes) };
    }));

    public Task<bool> IsRevokedAsync(string tokenId, CancellationToken ct) => Task.FromResult(lane.Read(db =>
    {
        using var found = db.Query(HotSql.RevokedToken, tokenId);
        return found.Read();
    }));

    private static void Record(SqliteStatements db, AuditEvent entry, Grant grant) =>
        SqliteAuditTable.Insert(db, entry, grant.PersonId, grant.ClientId, grant.SessionId, grant.Connector);
}
