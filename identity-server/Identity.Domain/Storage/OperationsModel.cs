using Identity.Domain.Announcements;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Domain.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: what whoever runs the province's sign-on works with.</summary>
internal static class OperationsModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Announcement>(announcement =>
        {
            announcement.HasIndex(a => a.EndsAt);
            announcement.Ignore(a => a.Text);
            announcement.Property(a => a.Version).IsConcurrencyToken();
        });
        builder.Entity<TallyRow>(tally =>
        {
            tally.HasKey(t => new { t.Minute, t.Connector, t.Fact });
            tally.Property(t => t.Fact).HasMaxLength(60);
        });
        builder.Entity<StatisticHour>(hour =>
        {
            hour.HasKey(s => new { s.Hour, s.Name, s.Connector, s.ClientId, s.Reason });
            hour.Property(s => s.Name).HasMaxLength(40);
            hour.Property(s => s.Reason).HasMaxLength(60);
            // Owners read their own; the whole province's hours would be too many to look through.
            hour.HasIndex(s => new { s.ClientId, s.Hour });
        });
        builder.Entity<StatisticSpan>(span =>
        {
            // All clients together stand in one stretch of it, and so does each client.
            span.HasKey(s => new { s.ClientId, s.Day, s.Name, s.Connector, s.Reason });
            span.Property(s => s.Name).HasMaxLength(40);
            span.Property(s => s.Reason).HasMaxLength(60);
            // For closing a month, for the busiest of a week, and for what is old.
            span.HasIndex(s => s.Day);
        });
        builder.Entity<ConnectorCheck>(check =>
        {
            check.HasKey(c => c.Connector);
            check.Property(c => c.Detail).HasMaxLength(2_000);
        });
        builder.Entity<ConnectorWatch>().HasKey(w => w.Connector);
        builder.Entity<KeyWithdrawal>(withdrawal =>
        {
            withdrawal.HasIndex(w => w.ExpiresAt).HasFilter("decided_at IS NULL");
            withdrawal.Property(w => w.Reason).HasMaxLength(2_000);
        });
        builder.Entity<StatisticCursor>().HasKey(c => c.Name);
    }
}
