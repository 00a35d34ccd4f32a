using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class MailboxesOfDoors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "mail_digest",
                table: "linked_identities",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_mail",
                table: "linked_identities",
                type: "character varying(8000)",
                maxLength: 8000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_linked_identities_mail_digest",
                table: "linked_identities",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_linked_identities_mail_digest",
                table: "linked_identities");

            migrationBuilder.DropColumn(
                name: "mail_digest",
                table: "linked_identities");

            migrationBuilder.DropColumn(
                name: "sealed_mail",
                table: "linked_identities");
        }
    }
}
