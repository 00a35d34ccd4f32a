using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "parked_forms",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_fields = table.Column<string>(type: "TEXT", maxLength: 200000, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_forms", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "role_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mail_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    sealed_mail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    given_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    given_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_assignments", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_assignments_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_role_assignments_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_parked_forms_expires_at",
                table: "parked_forms",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_mail_digest",
                table: "role_assignments",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL AND person_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_person_id",
                table: "role_assignments",
                column: "person_id",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_assignments_unit_id",
                table: "role_assignments",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "parked_forms");

            migrationBuilder.DropTable(
                name: "role_assignments");
        }
    }
}
