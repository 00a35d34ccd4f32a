using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Linking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "shared_computer",
                table: "sessions",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "closes_at",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "conflict_id",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "link_person_id",
                table: "pending_authentications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "link_step",
                table: "pending_authentications",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_new_door",
                table: "pending_authentications",
                type: "character varying(40000)",
                maxLength: 40000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "secondary_since",
                table: "linked_identities",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "link_conflicts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    door_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    sealed_identity = table.Column<string>(type: "character varying(40000)", maxLength: 40000, nullable: false),
                    reference = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    resolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    resolution = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_conflicts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "link_conflict_parties",
                columns: table => new
                {
                    conflict_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proved = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_conflict_parties", x => new { x.conflict_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_link_conflict_parties_link_conflicts_conflict_id",
                        column: x => x.conflict_id,
                        principalTable: "link_conflicts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_link_conflict_parties_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_people_closes_at",
                table: "people",
                column: "closes_at",
                filter: "closes_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflict_parties_person_id",
                table: "link_conflict_parties",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_created_at",
                table: "link_conflicts",
                column: "created_at",
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_door_digest_kind",
                table: "link_conflicts",
                columns: new[] { "door_digest", "kind" },
                unique: true,
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_link_conflicts_resolved_at",
                table: "link_conflicts",
                column: "resolved_at",
                filter: "resolved_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "link_conflict_parties");

            migrationBuilder.DropTable(
                name: "link_conflicts");

            migrationBuilder.DropIndex(
                name: "ix_people_closes_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "shared_computer",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "closes_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "conflict_id",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "link_person_id",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "link_step",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "sealed_new_door",
                table: "pending_authentications");

            migrationBuilder.DropColumn(
                name: "secondary_since",
                table: "linked_identities");
        }
    }
}
