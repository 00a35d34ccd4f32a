using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;
using Identity.Domain.Desk;
using Identity.Domain.Factors;
using Identity.Domain.Failures;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.Linking;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Identity.Domain.Storage;

/// <summary>
/// The one model of both engines. <see cref="Sqlite.SqliteIdentityDb"/> and <see cref="PostgreSql.PostgreSqlIdentityDb"/> exist so
/// that each has migrations of its own.
/// </summary>
public abstract class IdentityDb(DbContextOptions options) : IdentityUserContext<LocalAccount, Guid>(options)
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonAttribute> PersonAttributes => Set<PersonAttribute>();
    public DbSet<Proofing> Proofings => Set<Proofing>();
    public DbSet<LinkedIdentity> LinkedIdentities => Set<LinkedIdentity>();
    public DbSet<LinkConflict> LinkConflicts => Set<LinkConflict>();
    public DbSet<LinkConflictParty> LinkConflictParties => Set<LinkConflictParty>();
    public DbSet<SubjectIdentifier> SubjectIdentifiers => Set<SubjectIdentifier>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<OrgUnit> OrgUnits => Set<OrgUnit>();
    public DbSet<OrgUnitVersion> OrgUnitVersions => Set<OrgUnitVersion>();
    public DbSet<Affiliation> Affiliations => Set<Affiliation>();
    public DbSet<StaffRecord> StaffRecords => Set<StaffRecord>();
    public DbSet<DirectoryAbsence> DirectoryAbsences => Set<DirectoryAbsence>();
    public DbSet<RegisterInquiry> RegisterInquiries => Set<RegisterInquiry>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PartyIdentifier> PartyIdentifiers => Set<PartyIdentifier>();
    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<RevokedToken> RevokedTokens => Set<RevokedToken>();
    public DbSet<ReplayRecord> ReplayRecords => Set<ReplayRecord>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SessionParticipant> SessionParticipants => Set<SessionParticipant>();
    public DbSet<SessionCapacity> SessionCapacities => Set<SessionCapacity>();
    public DbSet<PendingAuthentication> PendingAuthentications => Set<PendingAuthentication>();
    public DbSet<LogoutRequest> LogoutRequests => Set<LogoutRequest>();
    public DbSet<LogoutDelivery> LogoutDeliveries => Set<LogoutDelivery>();
    public DbSet<OwnPasskey> OwnPasskeys => Set<OwnPasskey>();
    public DbSet<PasskeyChallenge> PasskeyChallenges => Set<PasskeyChallenge>();
    public DbSet<TotpApp> TotpApps => Set<TotpApp>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<MailedCode> MailedCodes => Set<MailedCode>();
    public DbSet<FactorReminder> FactorReminders => Set<FactorReminder>();
    public DbSet<RecoveryRequest> RecoveryRequests => Set<RecoveryRequest>();
    public DbSet<LoginThrottle> LoginThrottles => Set<LoginThrottle>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactProof> ContactProofs => Set<ContactProof>();
    public DbSet<RecognisedDevice> RecognisedDevices => Set<RecognisedDevice>();
    public DbSet<FailureRecord> FailureRecords => Set<FailureRecord>();
    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();
    public DbSet<Announcement> Announcements => Set<Announcement>();
    public DbSet<TallyRow> TallyRows => Set<TallyRow>();
    public DbSet<StatisticHour> StatisticHours => Set<StatisticHour>();
    public DbSet<StatisticSpan> StatisticSpans => Set<StatisticSpan>();
    public DbSet<StatisticCursor> StatisticCursors => Set<StatisticCursor>();
    public DbSet<ConnectorCheck> ConnectorChecks => Set<ConnectorCheck>();
    public DbSet<ConnectorWatch> ConnectorWatches => Set<ConnectorWatch>();
    public DbSet<KeyWithdrawal> KeyWithdrawals => Set<KeyWithdrawal>();
    public DbSet<ElevationRequest> ElevationRequests => Set<ElevationRequest>();
    public DbSet<Application> Applications => Set<Application>();
    public DbSet<ApplicationMember> ApplicationMembers => Set<ApplicationMember>();
    public DbSet<ProductionRequest> ProductionRequests => Set<ProductionRequest>();
    public DbSet<ReviewComment> ReviewComments => Set<ReviewComment>();
    public DbSet<CredentialUse> CredentialUses => Set<CredentialUse>();
    public DbSet<ClientKeyWatch> ClientKeyWatches => Set<ClientKeyWatch>();
    public DbSet<ExpiryReminder> ExpiryReminders => Set<ExpiryReminder>();
    public DbSet<ParkedForm> ParkedForms => Set<ParkedForm>();
    public DbSet<PersonLookUp> PersonLookUps => Set<PersonLookUp>();
    public DbSet<RecoveryAid> RecoveryAids => Set<RecoveryAid>();
    public DbSet<ConflictProposal> ConflictProposals => Set<ConflictProposal>();
    public DbSet<StaffUpload> StaffUploads => Set<StaffUpload>();
    public DbSet<RepeatedRequest> RepeatedRequests => Set<RepeatedRequest>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<StoredProtectionKey> ProtectionKeys => Set<StoredProtectionKey>();
    public DbSet<DataKey> DataKeys => Set<DataKey>();
    public DbSet<ConfigurationItem> ConfigurationItems => Set<ConfigurationItem>();
    public DbSet<ConfigurationVersion> ConfigurationVersions => Set<ConfigurationVersion>();
    public DbSet<ConfigurationProposal> ConfigurationProposals => Set<ConfigurationProposal>();
    public DbSet<ConfigurationRevision> ConfigurationRevisions => Set<ConfigurationRevision>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();
    public DbSet<AuditSealKey> AuditSealKeys => Set<AuditSealKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite compares DateTime but not DateTimeOffset; PostgreSQL gets timestamptz either way.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTime>();
        configurationBuilder.Properties<string>().HaveMaxLength(400);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        IdentityModel.Configure(builder);
    }

    private sealed class UtcTime() : ValueConverter<DateTimeOffset, DateTime>(
        time => time.UtcDateTime,
        stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}
