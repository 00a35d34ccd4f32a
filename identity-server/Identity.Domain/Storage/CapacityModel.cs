using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>What remembers a capacity: grants that hang on one, the choice of a session, and invitations on their way.</summary>
internal static class CapacityModel
{
    public static void Configure(ModelBuilder builder)
    {
        // Finds what must end with a mandate or a standing; people who act for themselves cost no entry.
        builder.Entity<Grant>().HasIndex(g => g.Capacity).HasFilter("capacity IS NOT NULL");
        builder.Entity<SessionCapacity>().HasKey(c => new { c.SessionId, c.ClientId });
        builder.Entity<Invitation>(invitation =>
        {
            invitation.HasIndex(i => i.CodeDigest).IsUnique();
            invitation.HasIndex(i => i.InviterId);
            invitation.HasIndex(i => i.ExpiresAt);
            invitation.Property(i => i.SealedName).HasMaxLength(2_000);
            invitation.Property(i => i.Services).HasMaxLength(2_000);
            invitation.Property(i => i.Roles).HasMaxLength(2_000);
            invitation.Property(i => i.Parameters).HasMaxLength(2_000);
        });
    }
}
