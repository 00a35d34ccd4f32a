namespace Identity.Admin;

internal static class AdminDefaults
{
    /// <summary>Settings that hold until somebody says otherwise. They travel in the assembly: a folder that holds both hosts has one appsettings.json, and that is the operator's.</summary>
    public static WebApplicationBuilder AddDefaults(this WebApplicationBuilder app)
    {
        var defaults = new ConfigurationBuilder().AddJsonStream(Read("defaults.json"));
        if (app.Environment.IsDevelopment()) defaults.AddJsonStream(Read("defaults.Development.json"));
        app.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = defaults.Build() });
        // Secrets come in a file of their own: --settings /run/secrets/admin.json.
        if (app.Configuration["Settings"] is { Length: > 0 } settings)
        {
            if (!File.Exists(settings)) throw new StartupException($"The settings file '{settings}' does not exist.");
            app.Configuration.AddJsonFile(Path.GetFullPath(settings), optional: false);
        }
        return app;
    }

    private static Stream Read(string name) => typeof(AdminDefaults).Assembly.GetManifestResourceStream(name)!;
}
