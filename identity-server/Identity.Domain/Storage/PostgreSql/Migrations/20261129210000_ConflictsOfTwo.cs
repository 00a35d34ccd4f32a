using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ConflictsOfTwo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "belongs_to",
                table: "conflict_proposals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reason",
                table: "conflict_proposals",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "belongs_to",
                table: "conflict_proposals");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "conflict_proposals");
        }
    }
}
