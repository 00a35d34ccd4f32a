using Identity.Domain.Factors;
using Identity.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>The tables of a person's own second factors; part of <see cref="IdentityModel"/>.</summary>
internal static class FactorModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<OwnPasskey>(passkey =>
        {
            passkey.ToTable("own_passkeys");
            passkey.HasIndex(p => p.CredentialId).IsUnique();
            passkey.HasIndex(p => p.PersonId);
            passkey.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PasskeyChallenge>(challenge =>
        {
            challenge.HasKey(c => c.Digest);
            challenge.Property(c => c.State).HasMaxLength(4_000);
            challenge.HasIndex(c => c.ExpiresAt);
        });
        builder.Entity<TotpApp>(app =>
        {
            app.HasIndex(a => a.PersonId);
            app.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<RecoveryCode>(code =>
        {
            code.HasIndex(c => new { c.PersonId, c.Digest }).IsUnique();
            code.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MailedCode>(code =>
        {
            code.HasKey(c => c.RequestId);
            code.HasIndex(c => c.ExpiresAt);
        });
        builder.Entity<FactorReminder>().HasKey(r => new { r.PersonId, r.Kind });
        builder.Entity<RecoveryRequest>().HasIndex(r => r.PersonId);
    }
}
