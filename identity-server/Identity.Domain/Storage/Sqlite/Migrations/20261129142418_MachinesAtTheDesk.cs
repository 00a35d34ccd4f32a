using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MachinesAtTheDesk : Migration
    {
        /// <summary>
        /// SQLite cannot drop a foreign key. The mapper would make the table anew with the keys switched off, which no transaction holds; nothing
        /// refers to this table, so it can be made anew within the one of the migration.
        /// </summary>
        protected override void Up(MigrationBuilder migrationBuilder) => MakeAnew(migrationBuilder, "");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            MakeAnew(migrationBuilder, """, CONSTRAINT "fk_person_look_ups_people_actor_id" FOREIGN KEY ("actor_id") REFERENCES "people" ("id") ON DELETE RESTRICT""");
            migrationBuilder.CreateIndex("ix_person_look_ups_actor_id", "person_look_ups", "actor_id");
        }

        private static void MakeAnew(MigrationBuilder migrationBuilder, string actorKey)
        {
            migrationBuilder.Sql($"""
                CREATE TABLE "new_person_look_ups" (
                    "id" TEXT NOT NULL CONSTRAINT "pk_person_look_ups" PRIMARY KEY,
                    "actor_id" TEXT NOT NULL,
                    "person_id" TEXT NOT NULL,
                    "reason" INTEGER NOT NULL,
                    "case_number" TEXT NULL,
                    "at" TEXT NOT NULL,
                    "expires_at" TEXT NOT NULL,
                    CONSTRAINT "fk_person_look_ups_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE RESTRICT{actorKey}
                );
                INSERT INTO "new_person_look_ups" SELECT "id", "actor_id", "person_id", "reason", "case_number", "at", "expires_at" FROM "person_look_ups";
                DROP TABLE "person_look_ups";
                ALTER TABLE "new_person_look_ups" RENAME TO "person_look_ups";
                """);
            migrationBuilder.CreateIndex("ix_person_look_ups_expires_at", "person_look_ups", "expires_at");
            migrationBuilder.CreateIndex("ix_person_look_ups_person_id", "person_look_ups", "person_id");
        }
    }
}
