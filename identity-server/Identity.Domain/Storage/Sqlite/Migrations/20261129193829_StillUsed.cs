using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class StillUsed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "closing_proposal_id",
                table: "applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "confirmation_due_at",
                table: "applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "confirmed_at",
                table: "applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "confirmed_by",
                table: "applications",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "contact",
                table: "applications",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_closing_proposal_id",
                table: "applications",
                column: "closing_proposal_id",
                filter: "closing_proposal_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_confirmation_due_at",
                table: "applications",
                column: "confirmation_due_at",
                filter: "confirmation_due_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_applications_closing_proposal_id",
                table: "applications");

            migrationBuilder.DropIndex(
                name: "ix_applications_confirmation_due_at",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "closing_proposal_id",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "confirmation_due_at",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "confirmed_by",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "applications");
        }
    }
}
