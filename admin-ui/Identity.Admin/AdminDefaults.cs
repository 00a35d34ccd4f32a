using Microsoft.Extensions.Configuration.Json;

namespace Identity.Admin;

internal static class AdminDefaults
{
    /// <summary>Settings that hold until somebody says otherwise. They travel in the assembly: a folder that holds both hosts has one appsettings.json, and that is the operator's.</summary>
    public static WebApplicationBuilder AddDefaults(this WebApplicationBuilder app)
    {
        string[] names = app.Environment.IsDevelopment() ? ["defaults.json", "defaults.Development.json"] : ["defaults.json"];
        for (var i = 0; i < names.Length; i++)
            app.Configuration.Sources.Insert(i, new JsonStreamConfigurationSource { Stream = typeof(AdminDefaults).Assembly.GetManifestResourceStream(names[i])! });
        return app;
    }
}
