using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;
using Identity.Domain.Desk;
using Identity.Domain.Factors;
using Identity.Domain.Grants;
using Identity.Domain.Failures;
using Identity.Domain.Keys;
using Identity.Domain.Linking;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Policies;
using Identity.Domain.Privacy;
using Identity.Domain.Sessions;
using Identity.Domain.Settings;
using Identity.Domain.Statistics;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Identity.Domain;

public static class DomainSetup
{
    /// <summary>Facts and rules. The host still owes a <see cref="SettingsCheck"/>: only it knows the connectors.</summary>
    public static IHostApplicationBuilder AddDomain(this IHostApplicationBuilder app)
    {
        var services = app.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeys();
        services.AddLocalAccounts();
        services.AddAudit();
        services.AddSingleton<PersonalDataVault>().AddSingleton<ClientRegistry>().AddSingleton<ConfigurationReader>();
        services.AddScoped<ConfigurationStore>().AddScoped<StoredItems>().AddScoped<ConfigurationFiles>();
        services.AddScoped<ItemDrafts>().AddScoped<ItemChanges>().AddScoped<ItemRollbacks>().AddScoped<ItemHistory>().AddScoped<ItemList>();
        services.AddScoped<ConfigurationProposals>().AddScoped<ProposalList>().AddScoped<ImpactPreview>().AddScoped<PolicyImpact>().AddScoped<ItemPreviews>();
        services.AddScoped<GrantStore>().AddScoped<ReplayGuard>().AddScoped<SessionStore>().AddScoped<PendingAuthenticationStore>();
        services.AddScoped<LinkConflicts>().AddScoped<Doors>().AddScoped<DoorVisits>().AddScoped<Leaving>();
        services.AddScoped<ConflictDesk>().AddScoped<ConflictEffects>().AddScoped<RecordCorrections>();
        services.AddScoped<Passkeys>().AddScoped<PasskeyChallenges>().AddScoped<TotpApps>().AddScoped<RecoveryCodes>().AddScoped<MailedCodes>().AddScoped<PersonFactors>();
        services.AddScoped<FactorReminders>().AddScoped<RecoveryRequests>();
        services.AddScoped<CapacityDirectory>().AddScoped<MandateOffice>().AddScoped<StandingOffice>().AddScoped<InvitationDesk>();
        services.AddScoped<SubjectLedger>().AddScoped<PersonDirectory>().AddScoped<ExpiredRows>();
        services.AddSettings<FailureOptions>("Failures");
        services.AddScoped<FailureTimeline>();
        services.AddScoped<MailQueue>().AddScoped<MailOutbox>().AddScoped<KnownContacts>().AddScoped<NoticeBoard>().AddScoped<RecognisedDevices>();
        services.AddScoped<DoorPause>().AddScoped<NotMeReport>().AddScoped<ContactBook>();
        services.AddScoped<RoleBook>().AddScoped<Arrivals>().AddScoped<ParkedForms>().AddScoped<RepeatedRequests>();
        services.AddScoped<RoleOffice>().AddScoped<RoleProposals>().AddScoped<RoleList>().AddScoped<Elevations>();
        services.AddSingleton<AnnouncementBoard>().AddScoped<AnnouncementDesk>();
        services.AddScoped<KeyOffice>().AddScoped<ConnectorDesk>().AddScoped<ConnectorWatches>();
        services.AddSingleton<SignInTally>().AddScoped<ConnectorHealth>();
        services.AddScoped<StatisticsFiller>().AddScoped<HourlyRollUp>().AddScoped<DailyRollUp>().AddScoped<StatisticsAccess>().AddScoped<StatisticsReader>().AddScoped<SignInWays>().AddScoped<Expiries>().AddScoped<FailureAlarms>();
        services.AddOrganisations();
        services.AddDesk();
        services.AddApplications();
        return app;
    }

    private static void AddKeys(this IServiceCollection services)
    {
        services.AddSettings<SigningKeyOptions>("SigningKeys");
        services.AddSingleton<MasterKey>().AddSingleton<ProtectionKeyRing>().AddSingleton<DataKeyRing>().AddSingleton<SigningKeyRing>();
        services.AddSingleton<IXmlRepository, ProtectionKeyRepository>();
        services.AddDataProtection().SetApplicationName("identity").DisableAutomaticKeyGeneration();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = provider.GetRequiredService<IXmlRepository>();
            options.XmlEncryptor = new MasterKeyXmlEncryptor(provider.GetRequiredService<MasterKey>());
        }));
    }

    private static void AddAudit(this IServiceCollection services)
    {
        services.AddSettings<AuditOptions>("Audit");
        services.AddSingleton<AuditWriter>();
        services.AddScoped<RequestOrigin>().AddScoped<AuditTrail>();
        services.AddScoped<AuditSealKeys>().AddScoped<AuditSealer>().AddScoped<AuditRetention>().AddScoped<AuditExport>();
        services.AddScoped<AgencyTimes>().AddScoped<AuditReading>().AddScoped<AuditSearch>().AddScoped<AuditSelection>().AddScoped<AuditChecks>();
    }

    private static void AddLocalAccounts(this IServiceCollection services)
    {
        services.AddScoped<IPasswordValidator<LocalAccount>, PasswordPolicy>();
        services.AddIdentityCore<LocalAccount>().AddEntityFrameworkStores<IdentityDb>();
        // OWASP's figure for PBKDF2 with SHA-512; a tenth of a second per sign-in.
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddScoped<LocalAccounts>();
    }
}
