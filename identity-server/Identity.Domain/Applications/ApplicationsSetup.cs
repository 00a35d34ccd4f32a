using Identity.Domain.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Domain.Applications;

internal static class ApplicationsSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddSettings<ReviewOptions>("Review");
        services.AddSettings<ConfirmationOptions>("Confirmation");
        services.AddSingleton<ClientDefaults>().AddSingleton<ProductionCopy>().AddSingleton<CredentialUses>();
        services.AddScoped<ApplicationAccess>().AddScoped<ApplicationTeam>().AddScoped<TeamAccounts>().AddScoped<Handovers>().AddScoped<MemberMails>().AddScoped<ClientDocuments>();
        services.AddScoped<ApplicationRegister>().AddScoped<ApplicationSettings>().AddScoped<ApplicationKeys>().AddScoped<KeyProposals>().AddScoped<ApplicationList>();
        services.AddScoped<ProductionProposals>().AddScoped<ProductionRequests>().AddScoped<ReviewDesk>().AddScoped<ProductionViews>().AddScoped<TryOuts>();
        services.AddSingleton<ClientEndings>().AddScoped<ClientKeyWatches>().AddScoped<ProvinceEndings>().AddScoped<EndingOwners>().AddScoped<ExpiryLetters>().AddScoped<ExpiryRadar>();
        services.AddScoped<ApplicationConfirmations>().AddScoped<OpenConfirmations>().AddScoped<ConfirmationDates>().AddScoped<ConfirmationFacts>();
        return services;
    }
}
