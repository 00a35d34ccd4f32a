using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class CapacityEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "words_digest",
                table: "consents",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_people_status",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_mandates_valid_to",
                table: "mandates");

            migrationBuilder.DropColumn(
                name: "words_digest",
                table: "consents");
        }
    }
}
