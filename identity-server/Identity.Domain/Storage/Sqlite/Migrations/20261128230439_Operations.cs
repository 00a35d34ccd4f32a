using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Operations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "announcements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    vi = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    en = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    audience = table.Column<int>(type: "INTEGER", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    starts_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_announcements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "connector_checks",
                columns: table => new
                {
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    passed = table.Column<bool>(type: "INTEGER", nullable: false),
                    detail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    certificate_until = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_checks", x => x.connector);
                });

            migrationBuilder.CreateTable(
                name: "elevation_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    hours = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    granted = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elevation_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_elevation_requests_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "key_withdrawals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    algorithm = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    asked_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    carried = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_withdrawals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "statistic_cursors",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statistic_cursors", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "statistic_hours",
                columns: table => new
                {
                    hour = table.Column<DateTime>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statistic_hours", x => new { x.hour, x.name, x.connector, x.client_id, x.reason });
                });

            migrationBuilder.CreateTable(
                name: "tally_rows",
                columns: table => new
                {
                    minute = table.Column<long>(type: "INTEGER", nullable: false),
                    connector = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    fact = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tally_rows", x => new { x.minute, x.connector, x.fact });
                });

            migrationBuilder.CreateIndex(
                name: "ix_announcements_ends_at",
                table: "announcements",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_elevation_requests_expires_at",
                table: "elevation_requests",
                column: "expires_at",
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_elevation_requests_person_id",
                table: "elevation_requests",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_key_withdrawals_expires_at",
                table: "key_withdrawals",
                column: "expires_at",
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_statistic_hours_client_id_hour",
                table: "statistic_hours",
                columns: new[] { "client_id", "hour" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "announcements");

            migrationBuilder.DropTable(
                name: "connector_checks");

            migrationBuilder.DropTable(
                name: "elevation_requests");

            migrationBuilder.DropTable(
                name: "key_withdrawals");

            migrationBuilder.DropTable(
                name: "statistic_cursors");

            migrationBuilder.DropTable(
                name: "statistic_hours");

            migrationBuilder.DropTable(
                name: "tally_rows");
        }
    }
}
