using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Capacities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "capacity_answer",
                table: "pending_authentications",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "capacity_answered_by",
                table: "pending_authentications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "grants",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "authorization_codes",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    inviter_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_name = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    from_capacity = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    position = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    services = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    roles = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    parameters = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    further_steps = table.Column<int>(type: "INTEGER", nullable: false),
                    valid_from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    valid_to = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    answered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    accepted = table.Column<bool>(type: "INTEGER", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "session_capacities",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    capacity = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    chosen_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_capacities", x => new { x.session_id, x.client_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_grants_capacity",
                table: "grants",
                column: "capacity",
                filter: "capacity IS NOT NULL");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "session_capacities");

            migrationBuilder.DropIndex(
                name: "ix_grants_capacity",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "capacity_answer",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "capacity_answered_by",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "capacity",
                table: "grants");

            migrationBuilder.DropColumn(
                name: "capacity",
                table: "authorization_codes");
        }
    }
}
