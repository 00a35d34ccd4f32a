using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: who may administer what.</summary>
internal static class AdministrationModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ParkedForm>(form =>
        {
            form.HasKey(f => f.Digest);
            form.HasIndex(f => f.ExpiresAt);
            form.Property(f => f.SealedFields).HasMaxLength(200_000);
        });
        builder.Entity<RepeatedRequest>(request =>
        {
            request.HasKey(r => r.Digest);
            request.HasIndex(r => r.ExpiresAt);
            request.Property(r => r.Answer).HasMaxLength(IdentityModel.DocumentLength * 5);
        });
        Roles(builder);
        builder.Entity<ElevationRequest>(request =>
        {
            request.HasIndex(e => e.ExpiresAt).HasFilter("decided_at IS NULL");
            request.Property(e => e.Reason).HasMaxLength(2_000);
            request.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Roles(ModelBuilder builder) => builder.Entity<RoleAssignment>(role =>
    {
        role.HasIndex(r => r.PersonId).HasFilter("ended_at IS NULL");
        role.HasIndex(r => r.MailDigest).HasFilter("mail_digest IS NOT NULL AND person_id IS NULL");
        role.HasIndex(r => r.ClientId).HasFilter("client_id IS NOT NULL");
        role.HasIndex(r => r.UnitId);
        role.Property(r => r.SealedMail).HasMaxLength(2_000);
        role.Property(r => r.Reason).HasMaxLength(2_000);
        role.Property(r => r.EndReason).HasMaxLength(2_000);
        role.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        role.HasOne<OrgUnit>().WithMany().HasForeignKey(r => r.UnitId).OnDelete(DeleteBehavior.Restrict);
    });
}
