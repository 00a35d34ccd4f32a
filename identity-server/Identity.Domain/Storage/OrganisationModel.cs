using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Organisations, units, standings and mandates: keys, uniqueness and the index behind every query.</summary>
internal static class OrganisationModel
{
    private const int LongText = 2_000;

    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Organisation>(organisation =>
        {
            organisation.HasIndex(o => o.TaxCode).IsUnique();
            organisation.HasIndex(o => o.ParentId);
            organisation.HasIndex(o => o.RefreshedAt);
        });
        builder.Entity<OrgUnit>(unit =>
        {
            // One unit of a code at a time; ended ones keep theirs.
            unit.HasIndex(u => u.Code).IsUnique().HasFilter("valid_to IS NULL");
            unit.HasIndex(u => u.ParentId);
            unit.Property(u => u.FormerCodes).HasMaxLength(LongText);
        });
        Staff(builder);
        builder.Entity<Affiliation>(affiliation =>
        {
            affiliation.HasIndex(a => a.PersonId);
            affiliation.HasIndex(a => a.OrganisationId);
            affiliation.HasIndex(a => a.OrgUnitId);
            affiliation.HasIndex(a => new { a.Source, a.SourceKey }).IsUnique().HasFilter("source_key IS NOT NULL AND ended_at IS NULL");
            affiliation.HasIndex(a => a.ValidTo).HasFilter("valid_to IS NOT NULL AND ended_at IS NULL");
            affiliation.Property(a => a.Roles).HasMaxLength(LongText);
            affiliation.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
            affiliation.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            affiliation.HasOne<OrgUnit>().WithMany().HasForeignKey(a => a.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Mandate>(mandate =>
        {
            mandate.HasIndex(m => m.GranteeId);
            mandate.HasIndex(m => m.GrantorId);
            mandate.HasIndex(m => m.ParentId);
            mandate.HasIndex(m => m.GrantorAffiliationId);
            mandate.HasIndex(m => m.OrganisationId);
            mandate.HasIndex(m => m.ValidTo).HasFilter("ended_at IS NULL");
            mandate.Property(m => m.Services).HasMaxLength(LongText);
            mandate.Property(m => m.Roles).HasMaxLength(LongText);
            mandate.Property(m => m.Parameters).HasMaxLength(LongText);
            mandate.Property(m => m.Evidence).HasMaxLength(LongText);
        });
        builder.Entity<PartyIdentifier>(identifier =>
        {
            identifier.HasKey(i => i.Identifier);
            identifier.HasIndex(i => new { i.PartyId, i.Sector }).IsUnique();
        });
    }

    private static void Staff(ModelBuilder builder)
    {
        builder.Entity<OrgUnitVersion>(version =>
        {
            version.HasIndex(v => v.UnitId);
            version.HasIndex(v => v.Code);
        });
        builder.Entity<StaffRecord>(record =>
        {
            record.HasIndex(r => new { r.Source, r.StaffNumber }).IsUnique();
            record.HasIndex(r => r.NumberDigest).HasFilter("number_digest IS NOT NULL");
            record.HasIndex(r => r.MailDigest).HasFilter("mail_digest IS NOT NULL");
            record.HasIndex(r => new { r.MailIssuer, r.MailSubject }).HasFilter("mail_subject IS NOT NULL");
            record.HasIndex(r => r.PersonId).HasFilter("person_id IS NOT NULL");
            record.HasIndex(r => r.AffiliationId).HasFilter("affiliation_id IS NOT NULL");
            record.Property(r => r.SealedName).HasMaxLength(LongText);
            record.Property(r => r.SealedMail).HasMaxLength(LongText);
        });
        builder.Entity<DirectoryAbsence>(absence =>
        {
            absence.HasKey(a => a.LinkId);
            absence.HasOne<Linking.LinkedIdentity>().WithOne().HasForeignKey<DirectoryAbsence>(a => a.LinkId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RegisterInquiry>(inquiry =>
        {
            inquiry.HasKey(i => new { i.PersonId, i.Register });
            inquiry.HasIndex(i => i.AskedAt);
        });
    }
}
