using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Storage;

public sealed class LookUpMigrationTests
{
    private const string Machines = "MachinesAtTheDesk";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_open_look_up_stays_open_and_a_service_account_may_open_one(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var node = database.Node();
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var migrations = db.Database.GetMigrations().ToList();
        var migrator = db.Database.GetService<IMigrator>();
        await migrator.MigrateAsync(migrations[migrations.FindIndex(m => m.EndsWith(Machines, StringComparison.Ordinal)) - 1]);
        var person = await PersonAsync(db);
        var before = await LookUpAsync(db, person, person);

        await db.Database.MigrateAsync();
        var machine = await LookUpAsync(db, Guid.CreateVersion7(), person);

        Assert.Equal(new HashSet<Guid> { before, machine }, (await db.PersonLookUps.AsNoTracking().Select(l => l.Id).ToListAsync()).ToHashSet());
        await Assert.ThrowsAnyAsync<Exception>(() => LookUpAsync(db, person, Guid.CreateVersion7()));
    }

    private static async Task<Guid> PersonAsync(IdentityDb db)
    {
        var person = Person.Create(DateTimeOffset.UtcNow);
        db.People.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    private static async Task<Guid> LookUpAsync(IdentityDb db, Guid actor, Guid person)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
        await db.Database.ExecuteSqlAsync($"INSERT INTO person_look_ups (id, actor_id, person_id, reason, at, expires_at) VALUES ({id}, {actor}, {person}, 0, {now}, {now})");
        return id;
    }
}
