using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class OnePerson : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "proofs",
                table: "sessions",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "shared_computer",
                table: "sessions",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "closes_at",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity_answer",
                table: "pending_authentications",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "capacity_answered_by",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "conflict_id",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "link_person_id",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "link_step",
                table: "pending_authentications",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "required_age",
                table: "pending_authentications",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "required_level",
                table: "pending_authentications",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_new_door",
                table: "pending_authentications",
                type: "character varying(40000)",
                maxLength: 40000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "steps",
                table: "pending_authentications",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "secondary_since",
                table: "linked_identities",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "grants",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "notified",
                table: "consents",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "sealed_secret",
                table: "configuration_items",
                type: "character varying(8000)",
                maxLength: 8000,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(400)",
                oldMaxLength: 400,
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "authorization_codes",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "contact_proofs",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_address = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    code_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_proofs", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_address = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    verified_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    replaced_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contacts", x => x.id);
                    table.ForeignKey(
                        name: "fk_contacts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "directory_absences",
                columns: table => new
                {
                    link_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_disabled = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_absences", x => x.link_id);
                    table.ForeignKey(
                        name: "fk_directory_absences_linked_identities_link_id",
                        column: x => x.link_id,
                        principalTable: "linked_identities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "factor_reminders",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    shown = table.Column<int>(type: "integer", nullable: false),
                    last_shown_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    declined = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_factor_reminders", x => new { x.person_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "failure_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ending = table.Column<int>(type: "integer", nullable: false),
                    problem = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    steps = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_failure_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    inviter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_name = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    from_capacity = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    position = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    services = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    roles = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    parameters = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    further_steps = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    accepted = table.Column<bool>(type: "boolean", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "link_conflicts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    door_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    sealed_identity = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    reference = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    resolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    resolution = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_conflicts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    grantor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    grantee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    represented_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    org_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    grantor_affiliation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    services = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    roles = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    parameters = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    further_steps = table.Column<int>(type: "integer", nullable: false),
                    strength = table.Column<int>(type: "integer", nullable: false),
                    evidence = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    first_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    suspended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    suspend_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    about = table.Column<Guid>(type: "uuid", nullable: true),
                    sealed_names = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    disowned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                    table.ForeignKey(
                        name: "fk_notices_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "org_unit_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name_vi = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name_en = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_org_unit_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "org_units",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name_vi = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    name_en = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    named_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    successor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    former_codes = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_org_units", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tax_code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    enterprise_code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    foreign_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    dissolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    refreshed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ask_not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    stale_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    urgency = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    sealed_recipient = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    sealed_values = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_result = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "own_passkeys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    proofing = table.Column<int>(type: "integer", nullable: false),
                    sign_count = table.Column<long>(type: "bigint", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_own_passkeys", x => x.id);
                    table.ForeignKey(
                        name: "fk_own_passkeys_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "party_identifiers",
                columns: table => new
                {
                    identifier = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    party_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_party_identifiers", x => x.identifier);
                });

            migrationBuilder.CreateTable(
                name: "passkey_challenges",
                columns: table => new
                {
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    purpose = table.Column<int>(type: "integer", nullable: false),
                    browser_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    context = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkey_challenges", x => x.digest);
                })
                .Annotation("Npgsql:UnloggedTable", true);

            migrationBuilder.CreateTable(
                name: "recognised_devices",
                columns: table => new
                {
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recognised_devices", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    made_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_codes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    began_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ripe_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    cancelled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_inquiries",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    register = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_inquiries", x => new { x.person_id, x.register });
                });

            migrationBuilder.CreateTable(
                name: "session_capacities",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    capacity = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    chosen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_capacities", x => new { x.session_id, x.client_id });
                });

            migrationBuilder.CreateTable(
                name: "staff_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    staff_number = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    sealed_name = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    sealed_mail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    number_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    mail_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    mail_issuer = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    mail_subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    affiliation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    doors_frozen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "totp_apps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    sealed_secret = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_totp_apps", x => x.id);
                    table.ForeignKey(
                        name: "fk_totp_apps_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "link_conflict_parties",
                columns: table => new
                {
                    conflict_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proved = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_conflict_parties", x => new { x.conflict_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_link_conflict_parties_link_conflicts_conflict_id",
                        column: x => x.conflict_id,
                        principalTable: "link_conflicts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_link_conflict_parties_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "affiliations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    org_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    strength = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    roles = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    source_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    valid_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    confirmed_by_person_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    confirmed_by_organisation_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    suspended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    suspend_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reviewed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_affiliations", x => x.id);
                    table.ForeignKey(
                        name: "fk_affiliations_org_units_org_unit_id",
                        column: x => x.org_unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_affiliations_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_affiliations_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_people_closes_at",
                table: "people",
                column: "closes_at",
                filter: "closes_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_grants_capacity",
                table: "grants",
                column: "capacity",
                filter: "capacity IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_org_unit_id",
                table: "affiliations",
                column: "org_unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_organisation_id",
                table: "affiliations",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_person_id",
                table: "affiliations",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_source_source_key",
                table: "affiliations",
                columns: new[] { "source", "source_key" },
                unique: true,
                filter: "source_key IS NOT NULL AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_valid_to",
                table: "affiliations",
                column: "valid_to",
                filter: "valid_to IS NOT NULL AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_proofs_expires_at",
                table: "contact_proofs",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_person_id",
                table: "contacts",
                column: "person_id",
                unique: true,
                filter: "replaced_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_person_id_replaced_at",
                table: "contacts",
                columns: new[] { "person_id", "replaced_at" });

            migrationBuilder.CreateIndex(
                name: "ix_failure_records_at",
                table: "failure_records",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_failure_records_reference",
                table: "failure_records",
                column: "reference",
                filter: "reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_code_digest",
                table: "invitations",
                column: "code_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_inviter_id",
                table: "invitations",
                column: "inviter_id");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflict_parties_person_id",
                table: "link_conflict_parties",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_created_at",
                table: "link_conflicts",
                column: "created_at",
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_door_digest_kind",
                table: "link_conflicts",
                columns: new[] { "door_digest", "kind" },
                unique: true,
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_resolved_at",
                table: "link_conflicts",
                column: "resolved_at",
                filter: "resolved_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_grantee_id",
                table: "mandates",
                column: "grantee_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_grantor_affiliation_id",
                table: "mandates",
                column: "grantor_affiliation_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_grantor_id",
                table: "mandates",
                column: "grantor_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_organisation_id",
                table: "mandates",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_parent_id",
                table: "mandates",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_notices_person_id_at",
                table: "notices",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_org_unit_versions_code",
                table: "org_unit_versions",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_org_unit_versions_unit_id",
                table: "org_unit_versions",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_org_units_code",
                table: "org_units",
                column: "code",
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_org_units_parent_id",
                table: "org_units",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_parent_id",
                table: "organisations",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_refreshed_at",
                table: "organisations",
                column: "refreshed_at");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_tax_code",
                table: "organisations",
                column: "tax_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_attempted_at",
                table: "outgoing_mails",
                column: "attempted_at",
                filter: "attempted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_created_at",
                table: "outgoing_mails",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_state_urgency_next_attempt_at",
                table: "outgoing_mails",
                columns: new[] { "state", "urgency", "next_attempt_at" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_own_passkeys_credential_id",
                table: "own_passkeys",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_own_passkeys_person_id",
                table: "own_passkeys",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_party_identifiers_party_id_sector",
                table: "party_identifiers",
                columns: new[] { "party_id", "sector" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_passkey_challenges_expires_at",
                table: "passkey_challenges",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_recognised_devices_last_seen_at",
                table: "recognised_devices",
                column: "last_seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_recognised_devices_person_id",
                table: "recognised_devices",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_codes_person_id_digest",
                table: "recovery_codes",
                columns: new[] { "person_id", "digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recovery_requests_person_id",
                table: "recovery_requests",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_inquiries_asked_at",
                table: "register_inquiries",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_affiliation_id",
                table: "staff_records",
                column: "affiliation_id",
                filter: "affiliation_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_mail_digest",
                table: "staff_records",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_mail_issuer_mail_subject",
                table: "staff_records",
                columns: new[] { "mail_issuer", "mail_subject" },
                filter: "mail_subject IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_number_digest",
                table: "staff_records",
                column: "number_digest",
                filter: "number_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_person_id",
                table: "staff_records",
                column: "person_id",
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_source_staff_number",
                table: "staff_records",
                columns: new[] { "source", "staff_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_totp_apps_person_id",
                table: "totp_apps",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "affiliations");

            migrationBuilder.DropTable(
                name: "contact_proofs");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "directory_absences");

            migrationBuilder.DropTable(
                name: "factor_reminders");

            migrationBuilder.DropTable(
                name: "failure_records");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "link_conflict_parties");

            migrationBuilder.DropTable(
                name: "mandates");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "org_unit_versions");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "own_passkeys");

            migrationBuilder.DropTable(
                name: "party_identifiers");

            migrationBuilder.DropTable(
                name: "passkey_challenges");

            migrationBuilder.DropTable(
                name: "recognised_devices");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "recovery_requests");

            migrationBuilder.DropTable(
                name: "register_inquiries");

            migrationBuilder.DropTable(
                name: "session_capacities");

            migrationBuilder.DropTable(
                name: "staff_records");

            migrationBuilder.DropTable(
                name: "totp_apps");

            migrationBuilder.DropTable(
                name: "org_units");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "link_conflicts");

            migrationBuilder.DropIndex(
                name: "ix_people_closes_at",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_grants_capacity",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "proofs",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "shared_computer",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "closes_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "capacity_answer",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "capacity_answered_by",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "conflict_id",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "link_person_id",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "link_step",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "required_age",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "required_level",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "sealed_new_door",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "steps",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "secondary_since",
                table: "linked_identities");

            migrationBuilder.DropColumn(
                name: "capacity",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "notified",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "capacity",
                table: "authorization_codes");

            migrationBuilder.AlterColumn<string>(
                name: "sealed_secret",
                table: "configuration_items",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(8000)",
                oldMaxLength: 8000,
                oldNullable: true);
        }
    }
}
