namespace Identity.Admin;

internal static class AdminDefaults
{
    /// <summary>Settings that hold until somebody says otherwise. They travel in the assembly: a folder that holds both hosts has one appsettings.json, and that is the operator's.</summary>
    public static WebApplicationBuilder AddDefaults(this WebApplicationBuilder app)
    {
        var defaults = new ConfigurationBuilder().AddJsonStream(Read("defaults.json"));
        if (app.Environment.IsDevelopment()) defaults.AddJsonStream(Read("defaults.Development.json"));
        app.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = defaults.Build() });
        return app;
    }

    private static Stream Read(string name) => typeof(AdminDefaults).Assembly.GetManifestResourceStream(name)!;
}
