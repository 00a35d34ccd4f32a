namespace Identity.Sandbox;

/// <summary>Configuration section "Sandbox". Every secret here is public knowledge: nothing outside a sandbox may accept it.</summary>
public sealed class SandboxOptions
{
    /// <summary>Address and issuer of the e-ID provider; loopback, any free port.</summary>
    public string EidUrl { get; set; } = "http://localhost:5081";

    public string PortalUrl { get; set; } = "http://localhost:5082";

    public string DocumentsUrl { get; set; } = "http://localhost:5083";

    /// <summary>Page that lists the mails which the server has sent.</summary>
    public string MailUrl { get; set; } = "http://localhost:5088";

    /// <summary>Loopback port where mails are taken.</summary>
    public int SmtpPort { get; set; } = 5089;

    /// <summary>Issuer of the server under test. The e-ID provider sends people back to this origin and to no other.</summary>
    public string Authority { get; set; } = "http://localhost:5080";

    public string EidClientId { get; set; } = "provincial-sso";

    public string EidClientSecret { get; set; } = "eid-sandbox-secret-not-for-production";

    public ApplicationClient Portal { get; set; } =
        new() { ClientId = "portal", ClientSecret = "portal-sandbox-secret-not-for-production" };

    public ApplicationClient Documents { get; set; } =
        new() { ClientId = "documents", ClientSecret = "documents-sandbox-secret-not-for-production" };

    /// <summary>How long the token endpoint waits when the failure is "slow".</summary>
    public int SlowSeconds { get; set; } = 20;
}

public sealed class ApplicationClient
{
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";
}
