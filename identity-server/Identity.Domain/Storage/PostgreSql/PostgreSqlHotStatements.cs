using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Identity.Domain.Storage.PostgreSql;

/// <summary>One statement that changes and reads at once wherever something is redeemed: nothing can come between.</summary>
internal sealed class PostgreSqlHotStatements(NpgsqlDataSource source) : IHotStatements
{
    /// <summary>The row about what the rows <c>g</c> have just become; $1 to $7 say when, what and from where.</summary>
    private const string AuditOfGrant = """
        INSERT INTO audit_events (at, name, outcome, actor, address, port, detail, person_id, client_id, session_id, connector)
        SELECT $1, $2, $3, $4, $5, $6, $7, person_id, client_id, session_id, connector FROM g
        """;

    private const string AuditOfCode = """
        INSERT INTO audit_events (at, name, outcome, actor, address, port, detail, person_id, client_id, session_id, connector)
        SELECT $20, $21, $22, $23, $24, $25, $26, person_id, client_id, session_id, connector FROM code
        """;

    private static readonly string AddCode = $"""
        WITH code AS (INSERT INTO authorization_codes ({HotSql.CodeColumns}) VALUES ({HotSql.CodeValues}) RETURNING *)
        {AuditOfCode}
        """;

    private static readonly string ConcludeAndAddCode = $"""
        WITH request AS (UPDATE pending_authentications SET concluded_at = $17 WHERE id = $27 AND concluded_at IS NULL RETURNING id),
        code AS (INSERT INTO authorization_codes ({HotSql.CodeColumns}) SELECT {HotSql.CodeValues} FROM request RETURNING *)
        {AuditOfCode}
        """;

    private static readonly string Redeem = $"""
        WITH code AS (
            UPDATE authorization_codes SET redeemed_at = $10
            WHERE digest = $8 AND client_id = $9 AND redeemed_at IS NULL AND expires_at > $10
            RETURNING *, $13::text IS NOT NULL AND position(' offline_access ' IN ' ' || scope || ' ') > 0 AS refreshable),
        g AS (
            INSERT INTO grants (id, {HotSql.Carried}, created_at, refresh_handle, refresh_digest, refresh_expires_at, refresh_idle_at, offline)
            SELECT grant_id, {HotSql.Carried}, $10, CASE WHEN refreshable THEN $13 END, CASE WHEN refreshable THEN $14 END,
                CASE WHEN refreshable THEN $15 END, CASE WHEN refreshable THEN $16 END, refreshable FROM code
            RETURNING *),
        entry AS ({AuditOfGrant})
        SELECT {HotSql.Standing}, code.redirect_uri, code.code_challenge, s.ended_at IS NULL AND s.expires_at > $10 AND s.last_seen_at > $11
        FROM g JOIN code ON code.grant_id = g.id JOIN sessions s ON s.id = g.session_id {HotSql.StandingTables("$12")}
        """;

    private static readonly string Rotate = $"""
        WITH g AS (
            UPDATE grants SET previous_refresh_digest = refresh_digest, refresh_digest = $13, rotation_salt = $14, rotated_at = $10, refresh_idle_at = $11
            WHERE refresh_handle = $8 AND client_id = $9 AND refresh_digest = $15 AND revoked_at IS NULL AND refresh_expires_at > $10 AND refresh_idle_at > $10
            RETURNING *),
        entry AS ({AuditOfGrant})
        SELECT {HotSql.Standing} FROM g {HotSql.StandingTables("$12")}
        """;

    public async Task<SignedIn?> FindSignedInAsync(string secretDigest, string? clientId, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        Add(batch, HotSql.SessionByDigest, Text(secretDigest), Time(now), Time(idleSince));
        if (clientId is not null)
        {
            Add(batch, HotSql.AttributesBySession, Text(secretDigest));
            Add(batch, HotSql.ConsentBySession, Text(secretDigest), Text(clientId), Time(now));
        }
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct)) return null;
        var signedIn = HotSql.ReadSignedIn(rows, secretDigest);
        if (clientId is null) return signedIn;
        await rows.NextResultAsync(ct);
        var attributes = HotSql.ReadAttributes(rows);
        await rows.NextResultAsync(ct);
        return signedIn with { Attributes = attributes, Consent = await rows.ReadAsync(ct) ? HotSql.ReadConsent(rows, signedIn.Session.PersonId, clientId) : null };
    }

    public async Task ParkAsync(PendingAuthentication pending, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HotSql.Park);
        AddTo(command.Parameters, [Text(pending.Id), Text(pending.BrowserDigest), Text(pending.Protocol), Text(pending.ClientId), Text(pending.Request), Text(pending.LoginHint),
            Text(pending.Language), new NpgsqlParameter<bool> { TypedValue = pending.ForceLogin }, Time(pending.CreatedAt), Time(pending.ExpiresAt),
            Text(pending.ReleaseRequired), Text(pending.ReleaseOptional), Text(pending.CapacityAnswer), Id(pending.CapacityAnsweredBy),
            Number(pending.RequiredLevel), Number(pending.RequiredAge), Number((int?)pending.RequiredProofing)]);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<PendingAuthentication?> FindParkedAsync(string id, string browserDigest, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HotSql.ParkedById);
        AddTo(command.Parameters, [Text(id), Text(browserDigest)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? HotSql.ReadParked(rows) : null;
    }

    public async Task<bool> AddCodeAsync(AuthorizationCode code, string? concludes, AuditEvent entry, CancellationToken ct)
    {
        await using var command = source.CreateCommand(concludes is null ? AddCode : ConcludeAndAddCode);
        AddTo(command.Parameters, [Text(code.Digest), Text(code.ClientId), Id(code.PersonId), Id(code.SessionId), Id(code.GrantId), Text(code.RedirectUri),
            Text(code.CodeChallenge), Text(code.Nonce), Text(code.Scope), Text(code.ClaimsRequest), Text(code.ReleasedAttributes), Text(code.Acr), Text(code.Amr),
            Number((int)code.Proofing), Text(code.Connector), Time(code.AuthenticatedAt), Time(code.CreatedAt), Time(code.ExpiresAt), Text(code.Capacity),
            Time(entry.At), Text(entry.Name), Text(entry.Outcome), Text(entry.Actor), Text(entry.Address), Number(entry.Port), Text(entry.Detail)]);
        if (concludes is not null) command.Parameters.Add(Text(concludes));
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public async Task<OpenedCode?> RedeemCodeAsync(CodePresentation presented, AuditEvent entry, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Redeem);
        AddTo(command.Parameters, [.. Moment(entry), Text(presented.Digest), Text(presented.ClientId), Time(presented.Now), Time(presented.IdleSince), Text(presented.Sector),
            Text(presented.Refresh?.Handle), Text(presented.Refresh?.Secret.Digest), Time(presented.Now + presented.Terms?.Lifetime), Time(presented.Now + presented.Terms?.Idle)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct)
            ? new OpenedCode(HotSql.ReadStanding(rows), rows.GetString(HotSql.StandingColumns), HotSql.Text(rows, HotSql.StandingColumns + 1), rows.GetBoolean(HotSql.StandingColumns + 2))
            : null;
    }

    public async Task<StandingGrant?> RotateAsync(RefreshPresentation presented, AuditEvent entry, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Rotate);
        AddTo(command.Parameters, [.. Moment(entry), Text(presented.Handle), Text(presented.ClientId), Time(presented.Now), Time(presented.IdleAt), Text(presented.Sector),
            Text(presented.SuccessorDigest), Text(presented.Salt), Text(presented.Digest)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? HotSql.ReadStanding(rows) : null;
    }

    public async Task<StandingGrant?> FindGrantAsync(string tokenId, Guid grantId, string sector, bool withAttributes, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        Add(batch, HotSql.GrantOfToken, Text(tokenId), Id(grantId), Text(sector));
        if (withAttributes) Add(batch, HotSql.AttributesByGrant, Id(grantId));
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct)) return null;
        var grant = HotSql.ReadStanding(rows);
        return withAttributes && await rows.NextResultAsync(ct) ? grant with { Attributes = HotSql.ReadAttributes(rows) } : grant;
    }

    public async Task<bool> IsRevokedAsync(string tokenId, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HotSql.RevokedToken);
        command.Parameters.Add(Text(tokenId));
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static void AddTo(NpgsqlParameterCollection to, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters) to.Add(parameter);
    }

    private static NpgsqlParameter[] Moment(AuditEvent entry) =>
        [Time(entry.At), Text(entry.Name), Text(entry.Outcome), Text(entry.Actor), Text(entry.Address), Number(entry.Port), Text(entry.Detail)];

    private static NpgsqlParameter Text(string? value) =>
        value is null ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value } : new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = value };

    private static NpgsqlParameter<Guid> Id(Guid value) => new NpgsqlParameter<Guid> { NpgsqlDbType = NpgsqlDbType.Uuid, TypedValue = value };

    private static NpgsqlParameter Id(Guid? value) =>
        value is { } id ? Id(id) : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = DBNull.Value };

    private static NpgsqlParameter Number(int? value) =>
        value is { } number ? new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer, TypedValue = number } : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = DBNull.Value };

    private static NpgsqlParameter Time(DateTimeOffset? value) => value is { } time
        ? new NpgsqlParameter<DateTime> { NpgsqlDbType = NpgsqlDbType.TimestampTz, TypedValue = time.UtcDateTime }
        : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = DBNull.Value };
}
