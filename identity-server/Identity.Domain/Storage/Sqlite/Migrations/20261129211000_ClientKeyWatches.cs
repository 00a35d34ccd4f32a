using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClientKeyWatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "client_key_watches",
                columns: table => new
                {
                    client_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    address_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    looked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    failed_looks = table.Column<int>(type: "INTEGER", nullable: false),
                    unusable_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    certificate_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    key_until = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_key_watches", x => x.client_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "client_key_watches");
        }
    }
}
