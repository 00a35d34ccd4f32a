namespace Identity.Sandbox;

internal static class Program
{
    static async Task Main(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var options = settings.GetSection("Sandbox").Get<SandboxOptions>() ?? new SandboxOptions();
        await using var sandbox = SandboxApplication.Build(options, args);
        await sandbox.StartAsync();
        Console.WriteLine($"SANDBOX  e-ID {options.EidUrl}  register {options.RegisterUrl}  portal {options.PortalUrl}  documents {options.DocumentsUrl}  business {options.BusinessUrl}  mail {options.MailUrl} (SMTP on {options.SmtpPort})  officials {options.MailProviderUrl} (IMAP on {options.ImapPort})");
        await sandbox.WaitForShutdownAsync();
    }
}
