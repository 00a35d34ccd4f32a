using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Applications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name_vi = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    sandbox_client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    production_client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    people_per_month = table.Column<int>(type: "INTEGER", nullable: true),
                    people_per_hour = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    tried_at = table.Column<DateTime>(type: "TEXT", nullable: true)
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
                name: "credential_uses",
                columns: table => new
                {
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    credential = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    last_used_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credential_uses", x => new { x.client_id, x.credential });
                });

            migrationBuilder.CreateTable(
                name: "expiry_reminders",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    days = table.Column<int>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_expiry_reminders", x => new { x.subject, x.member_id, x.days });
                });

            migrationBuilder.CreateTable(
                name: "application_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mail_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    sealed_mail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    added_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    requested_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sandbox_version = table.Column<int>(type: "INTEGER", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proposal_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    redirect_uris = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    post_logout_redirect_uris = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    backchannel_logout_uri = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    initiate_login_uri = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    contact = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    next_step = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    item = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from_reviewer = table.Column<bool>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                name: "ix_review_comments_request_id",
                table: "review_comments",
                column: "request_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "application_members");

            migrationBuilder.DropTable(
                name: "credential_uses");

            migrationBuilder.DropTable(
                name: "expiry_reminders");

            migrationBuilder.DropTable(
                name: "review_comments");

            migrationBuilder.DropTable(
                name: "production_requests");

            migrationBuilder.DropTable(
                name: "applications");
        }
    }
}
