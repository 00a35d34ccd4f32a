using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Identity.Domain.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MachinesAtTheDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_person_look_ups_people_actor_id",
                table: "person_look_ups");

            migrationBuilder.DropIndex(
                name: "ix_person_look_ups_actor_id",
                table: "person_look_ups");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_person_look_ups_actor_id",
                table: "person_look_ups",
                column: "actor_id");

            migrationBuilder.AddForeignKey(
                name: "fk_person_look_ups_people_actor_id",
                table: "person_look_ups",
                column: "actor_id",
                principalTable: "people",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
