using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class MachinesInTeams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "service_account",
                table: "production_requests",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "service_account",
                table: "application_members",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_application_members_service_account_application_id",
                table: "application_members",
                columns: new[] { "service_account", "application_id" },
                unique: true,
                filter: "service_account IS NOT NULL AND ended_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_application_members_service_account_application_id",
                table: "application_members");

            migrationBuilder.DropColumn(
                name: "service_account",
                table: "production_requests");

            migrationBuilder.DropColumn(
                name: "service_account",
                table: "application_members");
        }
    }
}
