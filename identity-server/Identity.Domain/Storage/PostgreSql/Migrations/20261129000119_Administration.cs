using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "required_proofing",
                table: "pending_authentications",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "belongs_to",
                table: "link_conflicts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "decision",
                table: "link_conflicts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "frozen_before",
                table: "link_conflicts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "held_before",
                table: "link_conflicts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "words_digest",
                table: "consents",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approved_by",
                table: "configuration_versions",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rolled_back_to",
                table: "configuration_versions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_secret",
                table: "configuration_versions",
                type: "character varying(8000)",
                maxLength: 8000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "announcements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    vi = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    en = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    audience = table.Column<int>(type: "integer", nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_announcements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name_vi = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name_en = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    sandbox_client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    production_client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    people_per_month = table.Column<int>(type: "integer", nullable: true),
                    people_per_hour = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    tried_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.id);
                    table.ForeignKey(
                        name: "fk_applications_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "configuration_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    base_version = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: true),
                    sealed_secret = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    proposed_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    proposed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    decided_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decision_reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_configuration_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conflict_proposals",
                columns: table => new
                {
                    conflict_id = table.Column<Guid>(type: "uuid", nullable: false),
                    verdict = table.Column<int>(type: "integer", nullable: false),
                    papers = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conflict_proposals", x => x.conflict_id);
                    table.ForeignKey(
                        name: "fk_conflict_proposals_link_conflicts_conflict_id",
                        column: x => x.conflict_id,
                        principalTable: "link_conflicts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connector_checks",
                columns: table => new
                {
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    passed = table.Column<bool>(type: "boolean", nullable: false),
                    detail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    certificate_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_checks", x => x.connector);
                });

            migrationBuilder.CreateTable(
                name: "credential_uses",
                columns: table => new
                {
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    credential = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credential_uses", x => new { x.client_id, x.credential });
                });

            migrationBuilder.CreateTable(
                name: "elevation_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    granted = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elevation_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_elevation_requests_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "expiry_reminders",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_expiry_reminders", x => new { x.subject, x.member_id, x.days });
                });

            migrationBuilder.CreateTable(
                name: "key_withdrawals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    algorithm = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    asked_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    carried = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_withdrawals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailed_codes",
                columns: table => new
                {
                    request_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailed_codes", x => x.request_id);
                });

            migrationBuilder.CreateTable(
                name: "parked_forms",
                columns: table => new
                {
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_fields = table.Column<string>(type: "character varying(200000)", maxLength: 200000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_forms", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "person_look_ups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    case_number = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_look_ups", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_look_ups_people_actor_id",
                        column: x => x.actor_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_look_ups_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery_aids",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    approved = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_aids", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_aids_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "repeated_requests",
                columns: table => new
                {
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    request_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "character varying(500000)", maxLength: 500000, nullable: true),
                    content_type = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    etag = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    location = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repeated_requests", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "role_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mail_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    sealed_mail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    given_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_assignments", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_assignments_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_role_assignments_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_uploads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    only_changes = table.Column<bool>(type: "boolean", nullable: false),
                    sealed_file = table.Column<string>(type: "character varying(4000000)", maxLength: 4000000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_uploads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "statistic_cursors",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statistic_cursors", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "statistic_hours",
                columns: table => new
                {
                    hour = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statistic_hours", x => new { x.hour, x.name, x.connector, x.client_id, x.reason });
                });

            migrationBuilder.CreateTable(
                name: "tally_rows",
                columns: table => new
                {
                    minute = table.Column<long>(type: "bigint", nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    fact = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tally_rows", x => new { x.minute, x.connector, x.fact });
                });

            migrationBuilder.CreateTable(
                name: "application_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mail_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    sealed_mail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application_members", x => x.id);
                    table.ForeignKey(
                        name: "fk_application_members_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_members_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "production_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sandbox_version = table.Column<int>(type: "integer", nullable: false),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    proposal_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    redirect_uris = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    post_logout_redirect_uris = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true),
                    backchannel_logout_uri = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    initiate_login_uri = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    contact = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    next_step = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_production_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_production_requests_applications_application_id",
                        column: x => x.application_id,
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "review_comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_reviewer = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_review_comments_production_requests_request_id",
                        column: x => x.request_id,
                        principalTable: "production_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_subject_identifiers_sector",
                table: "subject_identifiers",
                column: "sector");

            migrationBuilder.CreateIndex(
                name: "ix_session_participants_client_id_first_at",
                table: "session_participants",
                columns: new[] { "client_id", "first_at" });

            migrationBuilder.CreateIndex(
                name: "ix_people_status",
                table: "people",
                column: "status",
                filter: "status <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_valid_to",
                table: "mandates",
                column: "valid_to",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_actor_sequence",
                table: "audit_events",
                columns: new[] { "actor", "sequence" },
                filter: "actor IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events",
                columns: new[] { "client_id", "sequence" },
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_name_sequence",
                table: "audit_events",
                columns: new[] { "name", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events",
                columns: new[] { "outcome", "sequence" },
                filter: "outcome <> 'succeeded'");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_person_id_sequence",
                table: "audit_events",
                columns: new[] { "person_id", "sequence" },
                filter: "person_id IS NOT NULL AND actor IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_session_id_sequence",
                table: "audit_events",
                columns: new[] { "session_id", "sequence" },
                filter: "session_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_announcements_ends_at",
                table: "announcements",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_application_members_application_id",
                table: "application_members",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_application_members_application_id_mail_digest",
                table: "application_members",
                columns: new[] { "application_id", "mail_digest" },
                unique: true,
                filter: "mail_digest IS NOT NULL AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_application_members_mail_digest",
                table: "application_members",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL AND person_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_application_members_person_id",
                table: "application_members",
                column: "person_id",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_name_vi",
                table: "applications",
                column: "name_vi");

            migrationBuilder.CreateIndex(
                name: "ix_applications_production_client_id",
                table: "applications",
                column: "production_client_id",
                unique: true,
                filter: "production_client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_sandbox_client_id",
                table: "applications",
                column: "sandbox_client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_unit_id_id",
                table: "applications",
                columns: new[] { "unit_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_configuration_proposals_state_id",
                table: "configuration_proposals",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_elevation_requests_expires_at",
                table: "elevation_requests",
                column: "expires_at",
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_elevation_requests_person_id",
                table: "elevation_requests",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_key_withdrawals_expires_at",
                table: "key_withdrawals",
                column: "expires_at",
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_codes_expires_at",
                table: "mailed_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_parked_forms_expires_at",
                table: "parked_forms",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_actor_id",
                table: "person_look_ups",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_expires_at",
                table: "person_look_ups",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_person_id",
                table: "person_look_ups",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_production_requests_application_id_requested_at",
                table: "production_requests",
                columns: new[] { "application_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_production_requests_due_at",
                table: "production_requests",
                column: "due_at",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_production_requests_pending",
                table: "production_requests",
                column: "application_id",
                unique: true,
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_aids_person_id",
                table: "recovery_aids",
                column: "person_id",
                unique: true,
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_repeated_requests_expires_at",
                table: "repeated_requests",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_review_comments_request_id",
                table: "review_comments",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_client_id",
                table: "role_assignments",
                column: "client_id",
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_mail_digest",
                table: "role_assignments",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL AND person_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_person_id",
                table: "role_assignments",
                column: "person_id",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_unit_id",
                table: "role_assignments",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_uploads_expires_at",
                table: "staff_uploads",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_statistic_hours_client_id_hour",
                table: "statistic_hours",
                columns: new[] { "client_id", "hour" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "announcements");

            migrationBuilder.DropTable(
                name: "application_members");

            migrationBuilder.DropTable(
                name: "configuration_proposals");

            migrationBuilder.DropTable(
                name: "conflict_proposals");

            migrationBuilder.DropTable(
                name: "connector_checks");

            migrationBuilder.DropTable(
                name: "credential_uses");

            migrationBuilder.DropTable(
                name: "elevation_requests");

            migrationBuilder.DropTable(
                name: "expiry_reminders");

            migrationBuilder.DropTable(
                name: "key_withdrawals");

            migrationBuilder.DropTable(
                name: "mailed_codes");

            migrationBuilder.DropTable(
                name: "parked_forms");

            migrationBuilder.DropTable(
                name: "person_look_ups");

            migrationBuilder.DropTable(
                name: "recovery_aids");

            migrationBuilder.DropTable(
                name: "repeated_requests");

            migrationBuilder.DropTable(
                name: "review_comments");

            migrationBuilder.DropTable(
                name: "role_assignments");

            migrationBuilder.DropTable(
                name: "staff_uploads");

            migrationBuilder.DropTable(
                name: "statistic_cursors");

            migrationBuilder.DropTable(
                name: "statistic_hours");

            migrationBuilder.DropTable(
                name: "tally_rows");

            migrationBuilder.DropTable(
                name: "production_requests");

            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropIndex(
                name: "ix_subject_identifiers_sector",
                table: "subject_identifiers");

            migrationBuilder.DropIndex(
                name: "ix_session_participants_client_id_first_at",
                table: "session_participants");

            migrationBuilder.DropIndex(
                name: "ix_people_status",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_mandates_valid_to",
                table: "mandates");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_actor_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_name_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_person_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_session_id_sequence",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "required_proofing",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "belongs_to",
                table: "link_conflicts");

            migrationBuilder.DropColumn(
                name: "decision",
                table: "link_conflicts");

            migrationBuilder.DropColumn(
                name: "frozen_before",
                table: "link_conflicts");

            migrationBuilder.DropColumn(
                name: "held_before",
                table: "link_conflicts");

            migrationBuilder.DropColumn(
                name: "words_digest",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "approved_by",
                table: "configuration_versions");

            migrationBuilder.DropColumn(
                name: "rolled_back_to",
                table: "configuration_versions");

            migrationBuilder.DropColumn(
                name: "sealed_secret",
                table: "configuration_versions");
        }
    }
}
