using Microsoft.Extensions.DependencyInjection;

namespace Identity.Domain.Desk;

internal static class DeskSetup
{
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddScoped<PersonReach>().AddScoped<PersonFinder>().AddScoped<DeskLedger>().AddScoped<PersonLookUps>().AddScoped<PersonDesk>();
        services.AddScoped<OpenDoors>().AddScoped<DeskSessions>().AddScoped<PersonFreeze>().AddScoped<RecoveryAids>().AddScoped<RecoveryList>();
        services.AddScoped<ConflictCases>().AddScoped<DecidedConflicts>().AddScoped<ConflictDecisions>();
    }
}
