using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ConfigurationMemory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "client_id",
                table: "role_assignments",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approved_by",
                table: "configuration_versions",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rolled_back_to",
                table: "configuration_versions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_secret",
                table: "configuration_versions",
                type: "TEXT",
                maxLength: 8000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "configuration_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    base_version = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: true),
                    sealed_secret = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    proposed_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proposed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    decision_reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_configuration_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "repeated_requests",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    request_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 500000, nullable: true),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    etag = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    location = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repeated_requests", x => x.digest);
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
                name: "ix_role_assignments_client_id",
                table: "role_assignments",
                column: "client_id",
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_configuration_proposals_state_id",
                table: "configuration_proposals",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_repeated_requests_expires_at",
                table: "repeated_requests",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "configuration_proposals");

            migrationBuilder.DropTable(
                name: "repeated_requests");

            migrationBuilder.DropIndex(
                name: "ix_subject_identifiers_sector",
                table: "subject_identifiers");

            migrationBuilder.DropIndex(
                name: "ix_session_participants_client_id_first_at",
                table: "session_participants");

            migrationBuilder.DropIndex(
                name: "ix_role_assignments_client_id",
                table: "role_assignments");

            migrationBuilder.DropColumn(
                name: "client_id",
                table: "role_assignments");

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
