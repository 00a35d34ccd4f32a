using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Desks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "conflict_proposals",
                columns: table => new
                {
                    conflict_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    verdict = table.Column<int>(type: "INTEGER", nullable: false),
                    papers = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    proposed_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conflict_proposals", x => x.conflict_id);
                    table.ForeignKey(
                        name: "fk_conflict_proposals_link_conflicts_conflict_id",
                        column: x => x.conflict_id,
                        principalTable: "link_conflicts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person_look_ups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason = table.Column<int>(type: "INTEGER", nullable: false),
                    case_number = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_look_ups", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_look_ups_people_actor_id",
                        column: x => x.actor_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_look_ups_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery_aids",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_number = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    requested_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    requested_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    approved = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_aids", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_aids_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_uploads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    only_changes = table.Column<bool>(type: "INTEGER", nullable: false),
                    sealed_file = table.Column<string>(type: "TEXT", maxLength: 4000000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_uploads", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_actor_sequence",
                table: "audit_events",
                columns: new[] { "actor", "sequence" },
                filter: "actor IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events",
                columns: new[] { "client_id", "sequence" },
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_name_sequence",
                table: "audit_events",
                columns: new[] { "name", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events",
                columns: new[] { "outcome", "sequence" },
                filter: "outcome <> 'succeeded'");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_person_id_sequence",
                table: "audit_events",
                columns: new[] { "person_id", "sequence" },
                filter: "person_id IS NOT NULL AND actor IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_session_id_sequence",
                table: "audit_events",
                columns: new[] { "session_id", "sequence" },
                filter: "session_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_actor_id",
                table: "person_look_ups",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_expires_at",
                table: "person_look_ups",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_person_id",
                table: "person_look_ups",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_aids_person_id",
                table: "recovery_aids",
                column: "person_id",
                unique: true,
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_uploads_expires_at",
                table: "staff_uploads",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conflict_proposals");

            migrationBuilder.DropTable(
                name: "person_look_ups");

            migrationBuilder.DropTable(
                name: "recovery_aids");

            migrationBuilder.DropTable(
                name: "staff_uploads");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_actor_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_name_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_person_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_session_id_sequence",
                table: "audit_events");
        }
    }
}
