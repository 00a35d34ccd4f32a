using Identity.Domain.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Domain.Organisations;

internal static class OrganisationsSetup
{
    public static void AddOrganisations(this IServiceCollection services)
    {
        services.AddSettings<StaffOptions>("Staff");
        services.AddScoped<StandingEnds>().AddScoped<StandingTies>().AddScoped<OfficialDoor>().AddScoped<OfficialMailboxes>().AddScoped<MandateStops>().AddScoped<PartyStops>().AddScoped<CapacityVisits>().AddScoped<StandingNotices>();
        services.AddSettings<RegisterOptions>("Register");
        services.AddScoped<BusinessRegister>().AddScoped<RegisteredPeople>().AddScoped<RegisterTimetable>();
        services.AddScoped<UnitList>().AddScoped<OrgUnits>().AddScoped<OrgTreeImport>();
        services.AddScoped<StaffPosts>().AddScoped<StaffImport>().AddScoped<StaffArrivals>().AddScoped<MailboxConflicts>().AddScoped<StaffLists>().AddScoped<DueEnds>().AddScoped<IdleStandings>().AddScoped<DirectoryReconciliation>();
        services.AddScoped<UnitView>().AddScoped<UnitChanges>().AddScoped<StandingReviews>().AddScoped<StaffUploads>();
    }
}
