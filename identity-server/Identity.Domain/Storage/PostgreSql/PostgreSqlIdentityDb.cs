using Identity.Domain.Audit;
using Identity.Domain.Factors;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage.PostgreSql;

public sealed class PostgreSqlIdentityDb(DbContextOptions<PostgreSqlIdentityDb> options) : IdentityDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // Things that live a minute to an hour: after a crash of the database people start again, nothing is ever used twice.
        builder.Entity<AuthorizationCode>().IsUnlogged();
        builder.Entity<PendingAuthentication>().IsUnlogged();
        builder.Entity<PasskeyChallenge>().IsUnlogged();

        // Nobody chooses a sequence.
        builder.Entity<AuditEvent>().Property(a => a.Sequence).UseIdentityAlwaysColumn();
    }
}
