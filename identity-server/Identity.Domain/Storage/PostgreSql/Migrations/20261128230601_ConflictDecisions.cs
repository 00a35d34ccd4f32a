using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ConflictDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
