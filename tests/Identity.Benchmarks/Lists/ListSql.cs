using System.Globalization;

namespace Identity.Benchmarks.Lists;

/// <summary>
/// Rows that need no key, made where they are kept. A few applications have most of the traffic and a few people most of the sign-ins,
/// as everywhere; every fourth application is a machine that only fetches tokens, however busy. A row of the trail is one of what the
/// product writes, in about the shares of a working province.
/// </summary>
internal static class ListSql
{
    /// <summary>Of the name of the table <c>people</c>, in the order of their identifiers.</summary>
    private const string Helpers = """
        CREATE SCHEMA IF NOT EXISTS bench;
        CREATE OR REPLACE FUNCTION bench.unit(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
        CREATE OR REPLACE FUNCTION bench.id(at timestamptz, salt text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
            $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt), 1, 3) || '8' || substr(md5(salt), 4, 15))::uuid $$;
        CREATE TABLE bench.person AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM people;
        ALTER TABLE bench.person ADD PRIMARY KEY (n);
        ANALYZE bench.person;
        """;

    public const string Affiliations = """
        INSERT INTO affiliations (id, person_id, org_unit_id, kind, strength, position, source, source_key, valid_from, created_at, last_used_at, ended_at, end_reason)
        SELECT affiliation_id, person_id, unit_id, 4, 0, position, 'hr', staff_number, valid_from, created_at, now() - random() * interval '120 days', CASE WHEN state = 2 THEN now() - interval '9 days' END, CASE WHEN state = 2 THEN 'Left' END
        FROM staff_records
        """;

    public static IEnumerable<(string Name, string Statement)> Statements(ListSize size, int officials) =>
    [
        ("numbers of the people", Helpers),
        ("people who are away or gone", "UPDATE people SET status = 1 WHERE id IN (SELECT id FROM bench.person WHERE n % 60 = 59)"),
        ("units", Units), ("trail", Trail(size)), ("statistics", Statistics),
        ("applications", Applications(size)), ("owners and developers", Members(officials)), ("requests for production", Requests), ("failures", Failures(size)), ("roles", Roles(officials)),
        ("proposals", Proposals), ("versions of some clients", Versions), ("recoveries", Recoveries(officials)), ("conflicts", Conflicts), ("the session of an administrator", Visits),
    ];

    private static readonly string Units = $"""
        INSERT INTO org_units (id, code, name_vi, name_en, level, parent_id, valid_from, named_since)
        SELECT bench.unit(n), 'H' || lpad(n::text, 5, '0'), 'Đơn vị ' || n, 'Unit ' || n, CASE WHEN n = 0 THEN 0 WHEN n <= 30 THEN 1 WHEN n <= 130 THEN 2 ELSE 3 END,
               CASE WHEN n = 0 THEN NULL WHEN n <= 130 THEN bench.unit(0) ELSE bench.unit(1 + n % 130) END, now() - interval '3 years', now() - interval '3 years'
        FROM generate_series(0, {ListTables.Units - 1}) n
        """;

    private static string Trail(ListSize size) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO audit_events (at, name, outcome, reason, actor, person_id, client_id, session_id, connector, reference, address, port, detail)
        SELECT at, name, CASE WHEN name ~ '(refused|bounced|declined|cancelled|abandoned|error_shown)$' THEN 'refused' WHEN name ~ '(failed|expired)$' THEN 'failed' ELSE 'succeeded' END,
               CASE WHEN name ~ '(refused|failed)$' THEN (ARRAY['wrong_password','upstream_unavailable','timeout','invalid_grant','assurance_too_low','redirect_uri'])[1 + floor(random() * 6)::int] END,
               CASE WHEN name ~ '^(admin|person|configuration|application|audit)\.' THEN 'admin:' || s.id WHEN name = 'client.changed' THEN 'command:operator' END,
               CASE WHEN name <> 'token.issued' AND name !~ '^(configuration|audit|client|authorize)' THEN p.id END,
               CASE WHEN name !~ '^(admin|person|configuration|audit)' THEN 'bench-' || lpad(floor(power(client, 4) * {Math.Max(1, size.Clients)})::int::text, 6, '0') END,
               CASE WHEN name ~ '^(session|code|userinfo|token.refreshed|logout)' THEN md5('s' || (e.n / 4))::uuid END,
               CASE WHEN name ~ '^(session|code|signin)' THEN CASE WHEN random() < 0.7 THEN 'national-eid' WHEN random() < 0.8 THEN 'mail' ELSE 'local' END END,
               CASE WHEN name ~ '(failed|refused|error_shown)$' THEN 'AB-' || lpad((e.n / 1000000 % 1000)::text, 3, '0') || '-' || lpad((e.n / 1000 % 1000)::text, 3, '0') || '-' || lpad((e.n % 1000)::text, 3, '0') END,
               '203.0.113.' || (e.n % 250), 40000 + (e.n % 20000)::int, CASE WHEN name = 'session.started' THEN 'acr=loa2 amr=pwd otp proofing=Level02' END
        FROM (
            SELECT n, now() - interval '365 days' + (interval '365 days' / {size.AuditRows}) * n AS at, floor(power(random(), 2) * {size.People})::bigint AS person, floor(power(random(), 3) * 400)::bigint AS staff, client,
                   CASE WHEN floor(power(client, 4) * {Math.Max(1, size.Clients)})::bigint % 4 = 3 THEN CASE WHEN r < 0.97 THEN 'token.issued' ELSE 'token.refused' END
                        WHEN r < 0.30 THEN 'token.issued' WHEN r < 0.46 THEN 'code.issued' WHEN r < 0.61 THEN 'code.redeemed' WHEN r < 0.69 THEN 'session.started' WHEN r < 0.76 THEN 'token.refreshed' WHEN r < 0.83 THEN 'userinfo.released'
                        WHEN r < 0.88 THEN 'session.ended' WHEN r < 0.905 THEN 'signin.failed' WHEN r < 0.92 THEN 'signin.refused' WHEN r < 0.93 THEN 'signin.cancelled' WHEN r < 0.94 THEN 'signin.expired' WHEN r < 0.95 THEN 'signin.abandoned'
                        WHEN r < 0.965 THEN 'token.refused' WHEN r < 0.97 THEN 'authorize.refused' WHEN r < 0.972 THEN 'authorize.error_shown' WHEN r < 0.982 THEN 'logout.delivered' WHEN r < 0.988 THEN 'person.looked_up'
                        WHEN r < 0.994 THEN 'person.searched' WHEN r < 0.996 THEN 'admin.entered' WHEN r < 0.9975 THEN 'audit.searched' WHEN r < 0.998 THEN 'configuration.changed' WHEN r < 0.9985 THEN 'application.created'
                        WHEN r < 0.9987 THEN 'client.changed' ELSE 'identity.linked' END AS name
            FROM (SELECT n, random() AS r, random() AS client FROM generate_series(1, {size.AuditRows}) n) drawn
        ) e LEFT JOIN bench.person p ON p.n = e.person LEFT JOIN bench.person s ON s.n = e.staff ORDER BY e.n
        """);

    private const string Statistics = """
        INSERT INTO statistic_hours (hour, name, connector, client_id, reason, day, amount)
        SELECT date_trunc('hour', at), name, coalesce(connector, ''), coalesce(client_id, ''), CASE WHEN name = 'session.started' THEN 'pwd+otp' ELSE coalesce(reason, '') END,
               to_char(date_trunc('hour', at) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYYMMDD')::int, count(*)
        FROM audit_events WHERE name IN ('session.started', 'code.issued', 'code.redeemed', 'token.refused', 'authorize.refused', 'authorize.error_shown', 'signin.failed', 'signin.refused', 'signin.cancelled', 'signin.abandoned', 'signin.expired')
        GROUP BY 1, 2, 3, 4, 5, 6;
        INSERT INTO statistic_hours (hour, name, connector, client_id, reason, day, amount)
        SELECT hour, 'step', connector, client_id, step, day, sum(amount) FROM statistic_hours, unnest(ARRAY['Asked', 'Chosen', 'Left']) step WHERE name IN ('signin.expired', 'signin.abandoned') GROUP BY 1, 3, 4, 5, 6;
        INSERT INTO statistic_hours (hour, name, connector, client_id, reason, day, amount)
        SELECT DISTINCT ON (hour, connector, w, b) hour, 'wait', connector, '', w || ':' || b, day, 20 + b FROM statistic_hours, unnest(ARRAY['upstream', 'away']) w, generate_series(0, 8) b WHERE connector <> '';
        INSERT INTO statistic_cursors (name, position) SELECT 'audit', max(sequence) FROM audit_events ON CONFLICT (name) DO UPDATE SET position = excluded.position;
        INSERT INTO statistic_cursors (name, position) VALUES ('hours', extract(epoch FROM now())::bigint / 3600 - 1) ON CONFLICT (name) DO UPDATE SET position = excluded.position
        """;

    private static string Applications(ListSize size) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO applications (id, unit_id, name_vi, name_en, kind, state, sandbox_client_id, production_client_id, confirmation_due_at, created_at, created_by)
        SELECT bench.id(at, 'a' || n), bench.unit(n % {ListTables.Units}), 'Ứng dụng ' || n, 'Application ' || n, n % 4, CASE WHEN n % 5 = 0 THEN 0 WHEN n % 25 = 1 THEN 1 WHEN n % 25 = 2 THEN 2 ELSE 3 END,
               'try-' || n, CASE WHEN n % 5 <> 0 THEN 'bench-' || lpad(n::text, 6, '0') END, CASE WHEN n % 5 <> 0 THEN now() + ((n * 7919) % 400 - 35) * interval '1 day' END, at, 'seed'
        FROM (SELECT n, now() - interval '900 days' + n * interval '25 minutes' AS at FROM generate_series(0, {size.Clients - 1}) n) a
        """);

    private static string Members(int officials) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO application_members (id, application_id, role, person_id, mail_digest, added_at, added_by, ended_at, ended_by)
        SELECT gen_random_uuid(), a.id, CASE WHEN k < 2 THEN 0 ELSE k - 1 END, CASE WHEN waits THEN NULL ELSE p.id END, CASE WHEN waits THEN md5(a.id::text || k) END, a.created_at, 'seed', CASE WHEN k = 1 AND x < 0.02 THEN now() END, CASE WHEN k = 1 AND x < 0.02 THEN 'seed' END
        FROM (SELECT id, created_at, k, random() AS x, random() < 0.05 AS waits, floor(random() * {officials})::bigint AS who FROM applications, generate_series(0, 2) k) a LEFT JOIN bench.person p ON p.n = a.who
        """);

    private const string Requests = """
        INSERT INTO production_requests (id, application_id, state, requested_by, requested_at, due_at, sandbox_version, client_id, proposal_digest, redirect_uris, contact, decided_by, decided_at)
        SELECT gen_random_uuid(), a.id, CASE WHEN a.state = 1 THEN 0 ELSE 4 END, p.id, a.created_at, now() + random() * interval '5 days', 1, a.sandbox_client_id, md5(a.id::text), 'https://app.example/cb', 'official0@anbinh.example',
               CASE WHEN a.state = 3 THEN p.id END, CASE WHEN a.state = 3 THEN now() END
        FROM applications a CROSS JOIN (SELECT id FROM bench.person WHERE n = 3) p WHERE a.state IN (1, 3)
        """;

    private static string Failures(ListSize size) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO failure_records (id, reference, at, started_at, client_id, connector, problem, ending, steps)
        SELECT gen_random_uuid(), reference, at, at - interval '1 minute', client_id, connector, reason, 0, '' FROM audit_events WHERE name = 'signin.failed' AND at > now() - interval '90 days' LIMIT {size.AuditRows / 50}
        """);

    private static string Roles(int officials) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO role_assignments (id, role, kind, person_id, unit_id, given_by, given_at, reason, ended_at, ended_by)
        SELECT bench.id(now() - n * interval '3 hours', 'r' || n), CASE WHEN n < 8 THEN 0 WHEN n < 12 THEN 3 ELSE CASE n % 3 WHEN 0 THEN 3 WHEN 1 THEN 2 ELSE 4 END END, 0, p.id, CASE WHEN n >= 8 AND (n < 12 OR n % 3 = 0) THEN bench.unit(1 + n % 30) END,
               'admin:' || (SELECT id FROM bench.person WHERE n = 0), now() - n * interval '3 hours', 'benchmark', CASE WHEN n > 12 AND n % 7 = 0 THEN now() END, CASE WHEN n > 12 AND n % 7 = 0 THEN 'seed' END
        FROM (SELECT * FROM bench.person WHERE n < least(3000, {officials})) p
        """);

    private const string Proposals = """
        INSERT INTO configuration_proposals (id, kind, name, base_version, document, reason, proposed_by, proposed_at, state, decided_by, decided_at)
        SELECT bench.id(now() - n * interval '1 hour', 'o' || n), 'client', 'bench-' || lpad(n::text, 6, '0'), 1, (SELECT document FROM configuration_items WHERE kind = 'client' AND name = 'bench-000001'), 'benchmark',
               'admin:' || p.id, now() - n * interval '1 hour', CASE WHEN n % 3 = 0 THEN 0 ELSE 1 END, CASE WHEN n % 3 <> 0 THEN 'seed' END, CASE WHEN n % 3 <> 0 THEN now() END
        FROM bench.person p WHERE n < 3000
        """;

    private const string Versions = """
        INSERT INTO configuration_versions (kind, name, version, document, changed_by, changed_at, reason)
        SELECT v.kind, v.name, p.n + 1, v.document, 'admin:' || p.id, now() - (400 - p.n) * interval '1 hour', 'benchmark'
        FROM configuration_versions v CROSS JOIN bench.person p WHERE p.n BETWEEN 1 AND 299 AND v.kind = 'client' AND v.version = 1 AND v.name < 'bench-000040'
        """;

    private static string Recoveries(int officials) => string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO recovery_aids (id, person_id, case_number, requested_by, requested_at, expires_at, decided_at, decided_by, approved)
        SELECT gen_random_uuid(), p.id, '12/2026', s.id, now() - p.n * interval '1 minute', CASE WHEN p.n % 4 = 0 THEN now() + interval '30 days' ELSE now() END, CASE WHEN p.n % 4 <> 0 THEN now() END, CASE WHEN p.n % 4 <> 0 THEN s.id END, p.n % 4 <> 0
        FROM bench.person p JOIN bench.person s ON s.n = p.n % 300 WHERE p.n >= {officials / 2} AND p.n < {officials / 2} + 2000
        """);

    private const string Conflicts = """
        INSERT INTO link_conflicts (id, kind, connector, reference, door_digest, sealed_identity, created_at, last_seen_at, attempts, resolved_at, decision, resolved_by)
        SELECT bench.id(now() - n * interval '40 minutes', 'c' || n), 2 + n % 4, 'national-eid', 'AB-900-000-' || lpad((n % 1000)::text, 3, '0'), md5('d' || n), 'sealed', now() - n * interval '40 minutes', now(), 1,
               CASE WHEN n % 4 <> 0 THEN now() - n * interval '20 minutes' END, CASE WHEN n % 4 <> 0 THEN n % 3 END, CASE WHEN n % 4 <> 0 THEN 'seed' END
        FROM generate_series(0, 1999) n
        """;

    /// <summary>Eight administrators of the province and four of agencies: none of them asks so often that the desk says no.</summary>
    private const string Visits = """
        INSERT INTO sessions (id, secret_digest, person_id, connector, acr, amr, level, proofing, authenticated_at, created_at, last_seen_at, expires_at, device, proofs)
        SELECT bench.id(now(), 'v' || n), md5('v' || n), id, 'local', 'loa3', 'pwd otp', 4, 2, now(), now(), now(), now() + interval '30 days', 'benchmark', '' FROM bench.person WHERE n < 12;
        INSERT INTO session_participants (session_id, client_id, sid, subject, first_at) SELECT s.id, 'admin', 'visit-' || p.n, 'subject-' || p.n, now() FROM sessions s JOIN bench.person p ON p.id = s.person_id WHERE s.device = 'benchmark'
        """;
}
