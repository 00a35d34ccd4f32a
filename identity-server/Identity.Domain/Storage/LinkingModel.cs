using Identity.Domain.Linking;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: cases of linking that wait for the desk, and people who asked to leave.</summary>
internal static class LinkingModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<LinkConflict>(conflict =>
        {
            conflict.Property(c => c.SealedIdentity).HasMaxLength(40_000);
            conflict.Property(c => c.Resolution).HasMaxLength(2_000);
            conflict.HasMany(c => c.Parties).WithOne().HasForeignKey(p => p.ConflictId).OnDelete(DeleteBehavior.Cascade);
            conflict.HasIndex(c => new { c.DoorDigest, c.Kind }).IsUnique().HasFilter("resolved_at IS NULL");
            conflict.HasIndex(c => c.CreatedAt).HasFilter("resolved_at IS NULL");
            conflict.HasIndex(c => c.ResolvedAt).HasFilter("resolved_at IS NOT NULL");
        });
        builder.Entity<LinkConflictParty>(party =>
        {
            party.HasKey(p => new { p.ConflictId, p.PersonId });
            party.HasIndex(p => p.PersonId);
            party.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Person>().HasIndex(p => p.ClosesAt).HasFilter("closes_at IS NOT NULL");
    }
}
