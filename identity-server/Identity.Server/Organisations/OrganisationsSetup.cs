using Identity.Domain.Delegation;

namespace Identity.Server.Organisations;

internal static class OrganisationsSetup
{
    public static WebApplicationBuilder AddOrganisations(this WebApplicationBuilder app)
    {
        app.Services.AddSingleton<RegisterDesk>().AddSingleton<RegisterVisitor>().AddScoped<SignInAftermath>();
        app.Services.AddSingleton<AskRegisters>(services => async (personId, ct) => await services.GetRequiredService<RegisterDesk>().AskAboutAsync(personId, ct) != RegisterVisit.Unreachable);
        app.Services.AddHostedService(services => services.GetRequiredService<RegisterVisitor>());
        app.Services.AddSingleton<DirectoryRounds>().AddHostedService(services => services.GetRequiredService<DirectoryRounds>());
        app.Services.AddHostedService<RegisterRefresher>().AddHostedService<StandingsKeeper>();
        return app;
    }

    public static WebApplication MapOrganisations(this WebApplication app)
    {
        app.MapPost(RegisterEventEndpoint.Path, RegisterEventEndpoint.HandleAsync);
        return app;
    }
}
