using Identity.Domain.Desk;
using Identity.Domain.Factors;
using Identity.Domain.Linking;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: what desks keep between two clicks or two administrators.</summary>
internal static class DeskModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<PersonLookUp>(lookUp =>
        {
            lookUp.HasIndex(l => l.ExpiresAt);
            lookUp.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<RecoveryAid>(aid =>
        {
            // One at a time per person: two requests could each be the other's second pair of eyes.
            aid.HasIndex(a => a.PersonId).IsUnique().HasFilter("decided_at IS NULL");
            aid.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ConflictProposal>(proposal =>
        {
            proposal.HasKey(p => p.ConflictId);
            proposal.HasOne<LinkConflict>().WithOne().HasForeignKey<ConflictProposal>(p => p.ConflictId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<StaffUpload>(upload =>
        {
            upload.HasIndex(u => u.ExpiresAt);
            upload.Property(u => u.SealedFile).HasMaxLength(StaffUpload.LongestSealed);
        });
    }
}
