using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
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
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "capacity_answered_by",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "grants",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "capacity",
                table: "authorization_codes",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

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
