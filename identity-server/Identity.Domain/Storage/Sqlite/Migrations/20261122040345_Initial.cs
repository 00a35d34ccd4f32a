using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    actor = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    port = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "authorization_codes",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    grant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    redirect_uri = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    code_challenge = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    nonce = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    scope = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    claims_request = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    released_attributes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    acr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    amr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proofing = table.Column<int>(type: "INTEGER", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    authenticated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    redeemed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authorization_codes", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "configuration_items",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    sealed_secret = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_configuration_items", x => new { x.kind, x.name });
                });

            migrationBuilder.CreateTable(
                name: "configuration_revisions",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_configuration_revisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "configuration_versions",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: true),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_configuration_versions", x => new { x.kind, x.name, x.version });
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    claims = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    declined = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    client_version = table.Column<int>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    granted_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    wrapped_key = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    claims_request = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    released_attributes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    nonce = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    acr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    amr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proofing = table.Column<int>(type: "INTEGER", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    authenticated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    revoked_reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    refresh_handle = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    refresh_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    previous_refresh_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    rotation_salt = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    rotated_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    refresh_expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    refresh_idle_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    offline = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "login_throttles",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    window_ends_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_login_throttles", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "logout_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    sid = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    delivered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_result = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_logout_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "logout_requests",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    browser_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    post_logout_redirect_uri = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_logout_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pending_authentications",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    browser_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    protocol = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    request = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    login_hint = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    force_login = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    state_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    sealed_transaction = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    sealed_identity = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: true),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    account_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    release_required = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    release_optional = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    release_answer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    release_answered_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    denial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    problem = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    problem_detail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    problem_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    concluded_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pending_authentications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    xml = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "replay_records",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replay_records", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                columns: table => new
                {
                    token_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revoked_tokens", x => x.token_id);
                });

            migrationBuilder.CreateTable(
                name: "session_participants",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    sid = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    first_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_participants", x => new { x.session_id, x.client_id });
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    secret_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    acr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    amr = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    proofing = table.Column<int>(type: "INTEGER", nullable: false),
                    authenticated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    device = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    algorithm = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    sealed_private_key = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    activates_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    retires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    removed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_keys", x => x.key_id);
                });

            migrationBuilder.CreateTable(
                name: "linked_identities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    issuer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proofing = table.Column<int>(type: "INTEGER", nullable: false),
                    linked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_used_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    frozen_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_linked_identities", x => x.id);
                    table.ForeignKey(
                        name: "fk_linked_identities_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "local_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_administrator = table.Column<bool>(type: "INTEGER", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_local_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_local_accounts_people_id",
                        column: x => x.id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_attributes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    sealed_value = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    lookup_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    obtained_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    superseded_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_attributes", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_attributes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "proofings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proved_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proofings", x => x.id);
                    table.ForeignKey(
                        name: "fk_proofings_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subject_identifiers",
                columns: table => new
                {
                    identifier = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subject_identifiers", x => x.identifier);
                    table.ForeignKey(
                        name: "fk_subject_identifiers_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "local_account_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_local_account_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_local_account_claims_local_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "local_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "local_account_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_local_account_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_local_account_logins_local_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "local_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "local_account_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_local_account_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_local_account_tokens_local_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "local_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_passkeys_local_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "local_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "configuration_revisions",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_person_id_at",
                table: "audit_events",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_reference",
                table: "audit_events",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_codes_expires_at",
                table: "authorization_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_consents_person_id_client_id",
                table: "consents",
                columns: new[] { "person_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_grants_created_at",
                table: "grants",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_grants_person_id_client_id",
                table: "grants",
                columns: new[] { "person_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_grants_refresh_handle",
                table: "grants",
                column: "refresh_handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_grants_session_id",
                table: "grants",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_linked_identities_issuer_subject",
                table: "linked_identities",
                columns: new[] { "issuer", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_linked_identities_person_id",
                table: "linked_identities",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_local_account_claims_user_id",
                table: "local_account_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_local_account_logins_user_id",
                table: "local_account_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "email_index",
                table: "local_accounts",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                table: "local_accounts",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_login_throttles_owner",
                table: "login_throttles",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_login_throttles_window_ends_at",
                table: "login_throttles",
                column: "window_ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_logout_deliveries_session_id_client_id",
                table: "logout_deliveries",
                columns: new[] { "session_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_logout_deliveries_state_next_attempt_at",
                table: "logout_deliveries",
                columns: new[] { "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "ix_logout_requests_expires_at",
                table: "logout_requests",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_passkeys_user_id",
                table: "passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_pending_authentications_expires_at",
                table: "pending_authentications",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_pending_authentications_state_digest",
                table: "pending_authentications",
                column: "state_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_attributes_lookup_digest",
                table: "person_attributes",
                column: "lookup_digest",
                filter: "lookup_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_attributes_person_id_name",
                table: "person_attributes",
                columns: new[] { "person_id", "name" },
                unique: true,
                filter: "superseded_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_proofings_person_id",
                table: "proofings",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_replay_records_expires_at",
                table: "replay_records",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_revoked_tokens_expires_at",
                table: "revoked_tokens",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_session_participants_sid",
                table: "session_participants",
                column: "sid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_person_id",
                table: "sessions",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_secret_digest",
                table: "sessions",
                column: "secret_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subject_identifiers_person_id_sector",
                table: "subject_identifiers",
                columns: new[] { "person_id", "sector" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "authorization_codes");

            migrationBuilder.DropTable(
                name: "configuration_items");

            migrationBuilder.DropTable(
                name: "configuration_revisions");

            migrationBuilder.DropTable(
                name: "configuration_versions");

            migrationBuilder.DropTable(
                name: "consents");

            migrationBuilder.DropTable(
                name: "data_keys");

            migrationBuilder.DropTable(
                name: "grants");

            migrationBuilder.DropTable(
                name: "linked_identities");

            migrationBuilder.DropTable(
                name: "local_account_claims");

            migrationBuilder.DropTable(
                name: "local_account_logins");

            migrationBuilder.DropTable(
                name: "local_account_tokens");

            migrationBuilder.DropTable(
                name: "login_throttles");

            migrationBuilder.DropTable(
                name: "logout_deliveries");

            migrationBuilder.DropTable(
                name: "logout_requests");

            migrationBuilder.DropTable(
                name: "passkeys");

            migrationBuilder.DropTable(
                name: "pending_authentications");

            migrationBuilder.DropTable(
                name: "person_attributes");

            migrationBuilder.DropTable(
                name: "proofings");

            migrationBuilder.DropTable(
                name: "protection_keys");

            migrationBuilder.DropTable(
                name: "replay_records");

            migrationBuilder.DropTable(
                name: "revoked_tokens");

            migrationBuilder.DropTable(
                name: "session_participants");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "signing_keys");

            migrationBuilder.DropTable(
                name: "subject_identifiers");

            migrationBuilder.DropTable(
                name: "local_accounts");

            migrationBuilder.DropTable(
                name: "people");
        }
    }
}
