using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Domain.Settings;
using Microsoft.AspNetCore.Http.Json;

namespace Identity.Admin.Api;

/// <summary>The management API: what the screens do, for machines.</summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<ApiOptions>(ApiOptions.Section);
        app.Services.AddScoped<ApiTokens>().AddScoped<SandboxServices>().AddScoped<CredentialServices>().AddScoped<ChartDesk>();
        app.Services.Configure<JsonOptions>(json => MakeStrict(json.SerializerOptions));
        app.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        app.Services.AddOpenApi("v1", ApiDescription.Configure);
        return app;
    }

    /// <summary>After routing, which knows the operation, and before anything of it runs.</summary>
    public static WebApplication UseApiDoor(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<ApiEdge>().UseMiddleware<ApiDoor>().UseMiddleware<ApiRepeats>());
        return app;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).DisableAntiforgery();
        api.MapItems();
        api.MapItemVersions();
        api.MapProposals();
        api.MapConfigurationFiles();
        api.MapOrganisations();
        api.MapUnitChanges();
        api.MapStandings();
        api.MapStaffImport();
        api.MapRoles();
        api.MapAudit();
        api.MapLookUps();
        api.MapPersonDeeds();
        api.MapDeskQueues();
        api.MapAnnouncements();
        api.MapConnectors();
        api.MapKeys();
        api.MapStatistics();
        api.MapCharts();
        api.MapWork();
        api.MapApplications();
        api.MapApplicationStart();
        api.MapSandboxes();
        api.MapCredentials();
        api.MapProduction();
        app.MapOpenApi($"{Root}/openapi.json").ExcludeFromDescription();
        return app;
    }

    /// <summary>What we would not understand we do not take: no unknown member, none twice, no text for a number (M3).</summary>
    private static void MakeStrict(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.PropertyNameCaseInsensitive = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new StorableText());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
