using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AuditTrail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The rows are kept and numbered in the order in which they were written: a new table, because no engine gives an
            // existing one numbers in an order of our choice.
            migrationBuilder.DropIndex(name: "ix_audit_events_at", table: "audit_events");
            migrationBuilder.DropIndex(name: "ix_audit_events_person_id_at", table: "audit_events");
            migrationBuilder.DropIndex(name: "ix_audit_events_reference", table: "audit_events");
            migrationBuilder.RenameTable(name: "audit_events", newName: "audit_events_unnumbered");

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    actor = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    port = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_events", x => x.sequence);
                });

            migrationBuilder.Sql("""
                INSERT INTO audit_events (at, name, outcome, reason, actor, person_id, client_id, session_id, connector, reference, address, port, detail)
                SELECT at, name,
                    CASE WHEN name LIKE '%.refused' OR name LIKE '%.declined' OR name LIKE '%.cancelled' OR name LIKE '%.abandoned' OR name LIKE '%.paused'
                            OR name LIKE '%.stray_answer' OR name LIKE '%.error_shown' THEN 'refused'
                        WHEN name LIKE '%.failed' OR name LIKE '%.shown' THEN 'failed'
                        ELSE 'succeeded' END,
                    reason, actor, person_id, client_id, session_id, connector, reference, address, port, detail
                FROM audit_events_unnumbered ORDER BY at, id
                """);

            migrationBuilder.DropTable(name: "audit_events_unnumbered");

            migrationBuilder.CreateTable(
                name: "audit_seal_keys",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    public_key = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    sealed_private_key = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    retired_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seal_keys", x => x.key_id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    first_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    last_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    row_count = table.Column<int>(type: "INTEGER", nullable: false),
                    sealed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    statement = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    leaves = table.Column<byte[]>(type: "BLOB", nullable: true),
                    rows_removed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_person_id_at",
                table: "audit_events",
                columns: new[] { "person_id", "at" },
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_reference",
                table: "audit_events",
                column: "reference",
                filter: "reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_last_sequence",
                table: "audit_seals",
                column: "last_sequence",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("What was sealed cannot be unsealed: restore the backup that was taken before the upgrade.");
    }
}
