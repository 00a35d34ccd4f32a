using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class StaffAndRegisters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mail_codes");

            migrationBuilder.AddColumn<DateTime>(
                name: "ask_not_before",
                table: "organisations",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "stale_since",
                table: "organisations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "named_since",
                table: "org_units",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "settled_at",
                table: "org_units",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "reviewed_at",
                table: "affiliations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "org_unit_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name_vi = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    valid_from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    valid_to = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_org_unit_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_inquiries",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    register = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    answered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failure = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_inquiries", x => new { x.person_id, x.register });
                });

            migrationBuilder.CreateTable(
                name: "staff_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    staff_number = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    sealed_name = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    sealed_mail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    number_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    mail_digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    mail_issuer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    mail_subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    valid_from = table.Column<DateTime>(type: "TEXT", nullable: false),
                    valid_to = table.Column<DateTime>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    affiliation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    doors_frozen_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_records", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_valid_to",
                table: "affiliations",
                column: "valid_to",
                filter: "valid_to IS NOT NULL AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_org_unit_versions_code",
                table: "org_unit_versions",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_org_unit_versions_unit_id",
                table: "org_unit_versions",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_inquiries_asked_at",
                table: "register_inquiries",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_affiliation_id",
                table: "staff_records",
                column: "affiliation_id",
                filter: "affiliation_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_mail_digest",
                table: "staff_records",
                column: "mail_digest",
                filter: "mail_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_mail_issuer_mail_subject",
                table: "staff_records",
                columns: new[] { "mail_issuer", "mail_subject" },
                filter: "mail_subject IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_number_digest",
                table: "staff_records",
                column: "number_digest",
                filter: "number_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_person_id",
                table: "staff_records",
                column: "person_id",
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_records_source_staff_number",
                table: "staff_records",
                columns: new[] { "source", "staff_number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "org_unit_versions");

            migrationBuilder.DropTable(
                name: "register_inquiries");

            migrationBuilder.DropTable(
                name: "staff_records");

            migrationBuilder.DropIndex(
                name: "ix_affiliations_valid_to",
                table: "affiliations");

            migrationBuilder.DropColumn(
                name: "ask_not_before",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "stale_since",
                table: "organisations");

            migrationBuilder.DropColumn(
                name: "named_since",
                table: "org_units");

            migrationBuilder.DropColumn(
                name: "settled_at",
                table: "org_units");

            migrationBuilder.DropColumn(
                name: "reviewed_at",
                table: "affiliations");

            migrationBuilder.CreateTable(
                name: "mail_codes",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_codes", x => x.person_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_mail_codes_expires_at",
                table: "mail_codes",
                column: "expires_at");
        }
    }
}
