using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ListsAtSize : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_audit_events_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events");

            migrationBuilder.CreateTable(
                name: "statistic_spans",
                columns: table => new
                {
                    client_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statistic_spans", x => new { x.client_id, x.day, x.name, x.connector, x.reason });
                });

            migrationBuilder.CreateIndex(
                name: "ix_person_attributes_person_id",
                table: "person_attributes",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_client_id_sequence_name",
                table: "audit_events",
                columns: new[] { "client_id", "sequence", "name" },
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_outcome_sequence_client_id",
                table: "audit_events",
                columns: new[] { "outcome", "sequence", "client_id" },
                filter: "outcome <> 'succeeded'");

            migrationBuilder.CreateIndex(
                name: "ix_statistic_spans_day",
                table: "statistic_spans",
                column: "day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "statistic_spans");

            migrationBuilder.DropIndex(
                name: "ix_person_attributes_person_id",
                table: "person_attributes");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_client_id_sequence_name",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_outcome_sequence_client_id",
                table: "audit_events");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                column: "at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_client_id_sequence",
                table: "audit_events",
                columns: new[] { "client_id", "sequence" },
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_outcome_sequence",
                table: "audit_events",
                columns: new[] { "outcome", "sequence" },
                filter: "outcome <> 'succeeded'");
        }
    }
}
