using Identity.Server.Pages.ActingFor;
using Identity.Server.Pages.Error;

namespace Identity.Server.Account;

public static class AccountSetup
{
    /// <summary>Everything that the handlers of the account and error pages ask for.</summary>
    public static IServiceCollection AddAccountPages(this IServiceCollection services) => services
        .AddSingleton<FailureRecorder>()
        .AddScoped<AccountDoor>().AddScoped<AccountNames>()
        .AddScoped<CapacityRows>().AddScoped<ActingForRecord>()
        .AddScoped<PersonRecord>().AddScoped<DeviceList>().AddScoped<ConnectedServices>()
        .AddScoped<WaysToSignIn>().AddScoped<ClosingAccount>().AddScoped<Launcher>().AddScoped<LauncherCapacities>()
        .AddScoped<FactorList>().AddScoped<FactorVisit>()
        .AddScoped<ActivitySentences>().AddScoped<ActivityHistory>()
        .AddScoped<NoticeList>().AddScoped<ContactFlow>().AddScoped<NotMeFlow>();
}
