using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ConnectorWatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "connector_watches",
                columns: table => new
                {
                    connector = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    looked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    certificate_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    anchor_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    settings_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    metadata_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    keys_digest = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    unreadable_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_watches", x => x.connector);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "connector_watches");
        }
    }
}
