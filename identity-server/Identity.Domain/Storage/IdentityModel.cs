using System.Text;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Keys, uniqueness and the index behind every query. What must never happen twice is a unique index here, not a check in code.</summary>
internal static partial class IdentityModel
{
    internal const int DocumentLength = 100_000;
    internal const int SealedLength = 8_000;

    public static void Configure(ModelBuilder builder)
    {
        People(builder);
        FactorModel.Configure(builder);
        Grants(builder);
        Sessions(builder);
        Messages(builder);
        Rest(builder);
        Audit(builder);
        OrganisationModel.Configure(builder);
        LinkingModel.Configure(builder);
        CapacityModel.Configure(builder);
        AdministrationModel.Configure(builder);
        OperationsModel.Configure(builder);
        DeskModel.Configure(builder);
        ApplicationModel.Configure(builder);
        ConfigurationModel.Configure(builder);
        NameInSnakeCase(builder);
    }

    private static void People(ModelBuilder builder)
    {
        builder.Entity<LocalAccount>().ToTable("local_accounts");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("local_account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("local_account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("local_account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("passkeys");

        builder.Entity<Person>(person =>
        {
            person.HasKey(p => p.Id);
            // The few who are away or gone, whose mandates end (DueEnds).
            person.HasIndex(p => p.Status).HasFilter("status <> 0");
            person.HasOne<LocalAccount>().WithOne().HasForeignKey<LocalAccount>(a => a.Id).OnDelete(DeleteBehavior.Restrict);
            person.HasMany(p => p.Attributes).WithOne().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
            person.HasMany(p => p.LinkedIdentities).WithOne().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Restrict);
            person.HasMany(p => p.Proofings).WithOne().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PersonAttribute>(attribute =>
        {
            attribute.HasKey(a => a.Id);
            attribute.Property(a => a.SealedValue).HasMaxLength(SealedLength);
            attribute.HasIndex(a => new { a.PersonId, a.Name }).IsUnique().HasFilter("superseded_at IS NULL");
            // With what was superseded: letters to an old address, mergers, and whoever leaves. The index above holds the current ones alone.
            attribute.HasIndex(a => a.PersonId);
            attribute.HasIndex(a => a.LookupDigest).HasFilter("lookup_digest IS NOT NULL");
        });
        builder.Entity<Proofing>().HasIndex(p => p.PersonId);
        builder.Entity<LinkedIdentity>(link =>
        {
            link.HasIndex(l => new { l.Issuer, l.Subject }).IsUnique();
            link.HasIndex(l => l.PersonId);
            link.Property(l => l.SealedMail).HasMaxLength(SealedLength);
            link.HasIndex(l => l.MailDigest).HasFilter("mail_digest IS NOT NULL");
        });
        builder.Entity<SubjectIdentifier>(subject =>
        {
            subject.HasKey(s => s.Identifier);
            subject.HasIndex(s => new { s.PersonId, s.Sector }).IsUnique();
            subject.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Grants(ModelBuilder builder)
    {
        builder.Entity<AuthorizationCode>(code =>
        {
            code.HasKey(c => c.Digest);
            code.Property(c => c.RedirectUri).HasMaxLength(2_000);
            code.Property(c => c.Nonce).HasMaxLength(1_000);
            code.Property(c => c.Scope).HasMaxLength(2_000);
            code.Property(c => c.ClaimsRequest).HasMaxLength(SealedLength);
            code.Property(c => c.ReleasedAttributes).HasMaxLength(2_000);
            code.HasIndex(c => c.ExpiresAt);
        });
        builder.Entity<Grant>(grant =>
        {
            grant.Property(g => g.Scope).HasMaxLength(2_000);
            grant.Property(g => g.Nonce).HasMaxLength(1_000);
            grant.Property(g => g.ClaimsRequest).HasMaxLength(SealedLength);
            grant.Property(g => g.ReleasedAttributes).HasMaxLength(2_000);
            grant.HasIndex(g => g.RefreshHandle).IsUnique();
            grant.HasIndex(g => g.SessionId);
            grant.HasIndex(g => new { g.PersonId, g.ClientId });
            grant.HasIndex(g => g.CreatedAt);
        });
        builder.Entity<Consent>(consent =>
        {
            consent.Property(c => c.Claims).HasMaxLength(2_000);
            consent.Property(c => c.Declined).HasMaxLength(2_000);
            consent.Property(c => c.Notified).HasMaxLength(2_000);
            consent.HasIndex(c => new { c.PersonId, c.ClientId });
        });
        builder.Entity<RevokedToken>(token =>
        {
            token.HasKey(t => t.TokenId);
            token.HasIndex(t => t.ExpiresAt);
        });
        builder.Entity<ReplayRecord>(record =>
        {
            record.HasKey(r => r.Digest);
            record.HasIndex(r => r.ExpiresAt);
        });
    }

    private static void Sessions(ModelBuilder builder)
    {
        builder.Entity<Session>(session =>
        {
            session.HasIndex(s => s.SecretDigest).IsUnique();
            session.HasIndex(s => s.PersonId);
            session.HasIndex(s => s.ExpiresAt);
            session.Property(s => s.Proofs).HasMaxLength(1_000);
        });
        builder.Entity<SessionParticipant>(participant =>
        {
            participant.HasKey(p => new { p.SessionId, p.ClientId });
            participant.HasIndex(p => p.Sid).IsUnique();
        });
        builder.Entity<PendingAuthentication>(pending =>
        {
            pending.Property(p => p.Request).HasMaxLength(20_000);
            pending.Property(p => p.SealedTransaction).HasMaxLength(SealedLength);
            pending.Property(p => p.SealedIdentity).HasMaxLength(40_000);
            pending.Property(p => p.SealedNewDoor).HasMaxLength(40_000);
            pending.Property(p => p.ReleaseRequired).HasMaxLength(2_000);
            pending.Property(p => p.ReleaseOptional).HasMaxLength(2_000);
            pending.Property(p => p.ReleaseAnswer).HasMaxLength(2_000);
            pending.Property(p => p.ProblemDetail).HasMaxLength(2_000);
            pending.Property(p => p.Steps).HasMaxLength(2_000);
            pending.HasIndex(p => p.StateDigest).IsUnique();
            pending.HasIndex(p => p.ExpiresAt);
        });
        builder.Entity<LogoutRequest>(logout =>
        {
            logout.Property(l => l.PostLogoutRedirectUri).HasMaxLength(2_000);
            logout.Property(l => l.State).HasMaxLength(2_000);
            logout.HasIndex(l => l.ExpiresAt);
        });
        builder.Entity<LogoutDelivery>(delivery =>
        {
            delivery.HasIndex(d => new { d.SessionId, d.ClientId }).IsUnique();
            delivery.HasIndex(d => new { d.State, d.NextAttemptAt });
        });
        builder.Entity<LoginThrottle>(throttle =>
        {
            throttle.HasKey(t => t.Key);
            throttle.HasIndex(t => t.WindowEndsAt);
            throttle.HasIndex(t => t.Owner);
        });
    }

    private static void Rest(ModelBuilder builder)
    {
        builder.Entity<SigningKey>(key =>
        {
            key.HasKey(k => k.KeyId);
            key.Property(k => k.SealedPrivateKey).HasMaxLength(SealedLength);
        });
        builder.Entity<StoredProtectionKey>().Property(k => k.Xml).HasMaxLength(SealedLength);
        builder.Entity<DataKey>().HasKey(k => k.Name);
        builder.Entity<DataKey>().Property(k => k.WrappedKey).HasMaxLength(SealedLength);
        builder.Entity<ConfigurationItem>(item =>
        {
            item.HasKey(i => new { i.Kind, i.Name });
            item.Property(i => i.Document).HasMaxLength(DocumentLength);
            // A private key among them, sealed, is longer than a password.
            item.Property(i => i.SealedSecret).HasMaxLength(SealedLength);
        });
        builder.Entity<ConfigurationVersion>(version =>
        {
            version.HasKey(v => new { v.Kind, v.Name, v.Version });
            version.Property(v => v.Document).HasMaxLength(DocumentLength);
            version.Property(v => v.Reason).HasMaxLength(2_000);
        });
        builder.Entity<ConfigurationRevision>().Property(r => r.Id).ValueGeneratedNever();
        builder.Entity<ConfigurationRevision>().HasData(new ConfigurationRevision { Revision = 1 });
    }

    private static void Audit(ModelBuilder builder)
    {
        builder.Entity<AuditEvent>(audit =>
        {
            audit.HasKey(a => a.Sequence);
            audit.Property(a => a.Outcome).HasMaxLength(10);
            audit.Property(a => a.Detail).HasMaxLength(2_000);
            audit.HasIndex(a => a.At);
            // Rows about nobody, and without a code, are the many; they cost no index entry.
            audit.HasIndex(a => new { a.PersonId, a.At }).HasFilter("person_id IS NOT NULL");
            audit.HasIndex(a => a.Reference).HasFilter("reference IS NOT NULL");
            // For searches: what is asked for, then the key that pages go by. The many that succeeded are found by everything else.
            audit.HasIndex(a => new { a.Name, a.Sequence });
            // What comes last is compared within the index: of a busy application, the rows of one event are not looked for in the table.
            audit.HasIndex(a => new { a.ClientId, a.Sequence, a.Name }).HasFilter("client_id IS NOT NULL");
            audit.HasIndex(a => new { a.SessionId, a.Sequence }).HasFilter("session_id IS NOT NULL");
            audit.HasIndex(a => new { a.Actor, a.Sequence }).HasFilter("actor IS NOT NULL");
            // What administrators did to people, beside the much more that people did themselves.
            audit.HasIndex(a => new { a.PersonId, a.Sequence }).HasFilter("person_id IS NOT NULL AND actor IS NOT NULL");
            audit.HasIndex(a => new { a.Outcome, a.Sequence, a.ClientId }).HasFilter("outcome <> 'succeeded'");
        });
        builder.Entity<AuditSeal>(seal =>
        {
            seal.HasKey(s => s.Number);
            seal.Property(s => s.Number).ValueGeneratedNever();
            seal.Property(s => s.Statement).HasMaxLength(2_000);
            seal.HasIndex(s => s.LastSequence).IsUnique();
        });
        builder.Entity<AuditSealKey>(key =>
        {
            key.HasKey(k => k.KeyId);
            key.Property(k => k.PublicKey).HasMaxLength(1_000);
            key.Property(k => k.SealedPrivateKey).HasMaxLength(SealedLength);
        });
    }

    /// <summary>One spelling for both engines, so that the hand-written statements of the hot paths need no quoting.</summary>
    private static void NameInSnakeCase(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.IsMappedToJson())
            {
                // A document inside its owner's row: one column, no names of its own.
                entity.SetContainerColumnName(SnakeCase(entity.GetContainerColumnName()!));
                continue;
            }
            if (entity.GetTableName() is { } table) entity.SetTableName(SnakeCase(table));
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.GetColumnName()));
            foreach (var key in entity.GetKeys()) key.SetName(SnakeCase(key.GetName()!));
            foreach (var key in entity.GetForeignKeys()) key.SetConstraintName(SnakeCase(key.GetConstraintName()!));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && !char.IsUpper(name[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
