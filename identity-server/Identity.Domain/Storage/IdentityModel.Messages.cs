using Identity.Domain.Failures;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

internal static partial class IdentityModel
{
    private static void Messages(ModelBuilder builder)
    {
        builder.Entity<OutgoingMail>(mail =>
        {
            mail.Property(m => m.Template).HasMaxLength(100);
            mail.Property(m => m.Language).HasMaxLength(10);
            mail.Property(m => m.SealedRecipient).HasMaxLength(1_000);
            mail.Property(m => m.SealedValues).HasMaxLength(SealedLength);
            // What is due now, codes before notices. The settled many cost it nothing.
            mail.HasIndex(m => new { m.State, m.Urgency, m.NextAttemptAt }).HasFilter("state = 0");
            mail.HasIndex(m => m.AttemptedAt).HasFilter("attempted_at IS NOT NULL");
            mail.HasIndex(m => m.CreatedAt);
        });
        builder.Entity<Notice>(notice =>
        {
            notice.Property(n => n.SealedNames).HasMaxLength(SealedLength);
            notice.HasIndex(n => new { n.PersonId, n.At });
            notice.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Contact>(contact =>
        {
            contact.Property(c => c.SealedAddress).HasMaxLength(1_000);
            contact.HasIndex(c => c.PersonId).IsUnique().HasFilter("replaced_at IS NULL");
            contact.HasIndex(c => new { c.PersonId, c.ReplacedAt });
            contact.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ContactProof>(proof =>
        {
            proof.HasKey(p => p.SessionId);
            proof.Property(p => p.SealedAddress).HasMaxLength(1_000);
            proof.HasIndex(p => p.ExpiresAt);
        });
        builder.Entity<RecognisedDevice>(device =>
        {
            device.HasKey(d => d.Digest);
            device.HasIndex(d => d.PersonId);
            device.HasIndex(d => d.LastSeenAt);
        });
        builder.Entity<FailureRecord>(failure =>
        {
            failure.Property(f => f.Steps).HasMaxLength(2_000);
            failure.HasIndex(f => f.Reference).HasFilter("reference IS NOT NULL");
            failure.HasIndex(f => f.At);
        });
    }
}
