using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Storage;

public sealed class AuditMigrationTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Rows_from_before_the_numbers_are_kept_and_numbered_in_their_order(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var node = database.Node();
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await db.Database.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First());
        var person = Guid.CreateVersion7();
        var start = new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);
        // Not in the order of their time, so that the table's own order would be the wrong one.
        foreach (var (minute, name) in new[] { (2, "token.refused"), (0, "session.started"), (3, "error.shown"), (1, "code.issued") })
        {
            var (id, at) = (Guid.CreateVersion7(), start.AddMinutes(minute));
            await db.Database.ExecuteSqlAsync($"INSERT INTO audit_events (id, at, name, person_id, port, detail) VALUES ({id}, {at}, {name}, {person}, 443, 'Ấp Bình An')");
        }
        await db.Database.MigrateAsync();

        var rows = await db.AuditEvents.AsNoTracking().OrderBy(e => e.Sequence).ToListAsync();
        Assert.Equal([("session.started", "succeeded"), ("code.issued", "succeeded"), ("token.refused", "refused"), ("error.shown", "failed")], rows.Select(r => (r.Name, r.Outcome)));
        Assert.Equal([1L, 2, 3, 4], rows.Select(r => r.Sequence));
        Assert.All(rows, r => Assert.Equal((person, 443, "Ấp Bình An"), (r.PersonId, r.Port, r.Detail)));
        Assert.Equal(start, rows[0].At.UtcDateTime);
    }
}
