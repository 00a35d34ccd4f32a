using Identity.Domain.Applications;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: applications, their teams, their way into production.</summary>
internal static class ApplicationModel
{
    private const int ListOfAddresses = 20_000;

    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Application>(application =>
        {
            application.HasIndex(a => new { a.UnitId, a.Id });
            application.HasIndex(a => a.SandboxClientId).IsUnique();
            application.HasIndex(a => a.ProductionClientId).IsUnique().HasFilter("production_client_id IS NOT NULL");
            application.HasIndex(a => a.NameVi);
            application.HasIndex(a => a.ConfirmationDueAt).HasFilter("confirmation_due_at IS NOT NULL");
            application.HasIndex(a => a.ClosingProposalId).HasFilter("closing_proposal_id IS NOT NULL");
            application.HasOne<OrgUnit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
            application.Ignore(a => a.Name);
        });
        builder.Entity<ApplicationMember>(member =>
        {
            member.HasIndex(m => m.ApplicationId);
            member.HasIndex(m => m.PersonId).HasFilter("ended_at IS NULL");
            member.HasIndex(m => new { m.ApplicationId, m.MailDigest }).IsUnique().HasFilter("mail_digest IS NOT NULL AND ended_at IS NULL");
            member.HasIndex(m => m.MailDigest).HasFilter("mail_digest IS NOT NULL AND person_id IS NULL");
            member.HasIndex(m => new { m.ServiceAccount, m.ApplicationId }).IsUnique().HasFilter("service_account IS NOT NULL AND ended_at IS NULL");
            member.Property(m => m.SealedMail).HasMaxLength(2_000);
            member.HasOne<Application>().WithMany().HasForeignKey(m => m.ApplicationId).OnDelete(DeleteBehavior.Restrict);
            member.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        Requests(builder);
        builder.Entity<CredentialUse>().HasKey(u => new { u.ClientId, u.Credential });
        builder.Entity<ClientKeyWatch>().HasKey(w => w.ClientId);
        builder.Entity<ExpiryReminder>().HasKey(r => new { r.Subject, r.MemberId, r.Days });
    }

    private static void Requests(ModelBuilder builder)
    {
        builder.Entity<ProductionRequest>(request =>
        {
            // Two people who ask at once: one request is judged.
            request.HasIndex(r => r.ApplicationId).IsUnique().HasFilter("state IN (0, 1)").HasDatabaseName("ix_production_requests_pending");
            request.HasIndex(r => new { r.ApplicationId, r.RequestedAt });
            request.HasIndex(r => r.DueAt).HasFilter("state = 0");
            request.Property(r => r.RedirectUris).HasMaxLength(ListOfAddresses);
            request.Property(r => r.PostLogoutRedirectUris).HasMaxLength(ListOfAddresses);
            request.Property(r => r.BackchannelLogoutUri).HasMaxLength(2_000);
            request.Property(r => r.InitiateLoginUri).HasMaxLength(2_000);
            request.Property(r => r.Reason).HasMaxLength(ReviewDesk.LongestText);
            request.Property(r => r.NextStep).HasMaxLength(ReviewDesk.LongestText);
            request.Property(r => r.Jwks).HasMaxLength(IdentityModel.DocumentLength);
            request.Property(r => r.JwksUri).HasMaxLength(2_000);
            request.Ignore(r => r.Addresses);
            request.Ignore(r => r.Key);
            request.Ignore(r => r.IsPending);
            request.HasOne<Application>().WithMany().HasForeignKey(r => r.ApplicationId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ReviewComment>(comment =>
        {
            comment.HasIndex(c => c.RequestId);
            comment.Property(c => c.Text).HasMaxLength(ReviewDesk.LongestText);
            comment.HasOne<ProductionRequest>().WithMany().HasForeignKey(c => c.RequestId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
