namespace Identity.Sandbox;

/// <summary>Configuration section "Sandbox". Every secret here is public knowledge: nothing outside a sandbox may accept it.</summary>
public sealed class SandboxOptions
{
    /// <summary>Address and issuer of the e-ID provider; loopback, any free port.</summary>
    public string EidUrl { get; set; } = "http://localhost:5081";

    public string PortalUrl { get; set; } = "http://localhost:5082";

    public string DocumentsUrl { get; set; } = "http://localhost:5083";

    public string BusinessUrl { get; set; } = "http://localhost:5086";

    /// <summary>Address of the business register, and issuer of its events.</summary>
    public string RegisterUrl { get; set; } = "http://localhost:5087";

    /// <summary>Page that lists the mails which the server has sent.</summary>
    public string MailUrl { get; set; } = "http://localhost:5088";

    /// <summary>Loopback port where mails are taken.</summary>
    public int SmtpPort { get; set; } = 5089;

    /// <summary>Address and issuer of the communes' mail provider.</summary>
    public string MailProviderUrl { get; set; } = "http://localhost:5084";

    public string MailProviderClientId { get; set; } = "provincial-sso-mail";

    public string MailProviderClientSecret { get; set; } = "mail-sandbox-secret-not-for-production";

    /// <summary>Loopback port of the departments' mail server.</summary>
    public int ImapPort { get; set; } = 5085;

    /// <summary>Where the mail server puts its certificate at start, for whoever is to trust it; nowhere when empty.</summary>
    public string ImapCertificateFile { get; set; } = "";

    /// <summary>Issuer of the server under test. The e-ID provider sends people back to this origin and to no other.</summary>
    public string Authority { get; set; } = "http://localhost:5080";

    public string EidClientId { get; set; } = "provincial-sso";

    public string EidClientSecret { get; set; } = "eid-sandbox-secret-not-for-production";

    public string RegisterClientId { get; set; } = "provincial-sso";

    public string RegisterClientSecret { get; set; } = "register-sandbox-secret-not-for-production";

    /// <summary>The e-ID's other way in, at the same address.</summary>
    public VNeIdOptions VNeId { get; set; } = new();

    public ApplicationClient Portal { get; set; } =
        new() { ClientId = "portal", ClientSecret = "portal-sandbox-secret-not-for-production" };

    public ApplicationClient Documents { get; set; } =
        new() { ClientId = "documents", ClientSecret = "documents-sandbox-secret-not-for-production" };

    public ApplicationClient Business { get; set; } =
        new() { ClientId = "business", ClientSecret = "business-sandbox-secret-not-for-production" };

    /// <summary>How long the token endpoint waits when the failure is "slow".</summary>
    public int SlowSeconds { get; set; } = 20;
}

public sealed class ApplicationClient
{
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";
}

/// <summary>What the provider has told VNeID about itself, and how VNeID encrypts for it. The private half of the key stands in the development configuration.</summary>
public sealed class VNeIdOptions
{
    public string ClientId { get; set; } = "provincial-sso-vneid";

    public string ClientSecret { get; set; } = "vneid-sandbox-secret-not-for-production";

    /// <summary><c>aes-cbc-iv-prefix</c> or <c>aes-ecb</c>.</summary>
    public string CipherMode { get; set; } = "aes-cbc-iv-prefix";

    /// <summary><c>pkcs1</c> or <c>oaep-sha256</c>.</summary>
    public string RsaPadding { get; set; } = "pkcs1";

    public string PublicKey { get; set; } = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuBp19luZ47d53z/Wd6Ct
        OeCG3fwaUhQTrjWUdr/GzdHwmknT6gdRwU6oyacBhFnPqPWtg09bhVIvGroyUfCv
        8I4OCmrpj6+GR8k0VzQkahlBlj3hfupgnpC7dDNvDMHg37L5YS8cHHiA/K8WCy30
        A4XcGPQfnRaMaZBa9z/PcDaFzCHHjT3g/k29K/s/I+RcH6pUCtiB3Ta25XtKa+oa
        TuF2qF0tzw7tVOnVEWVqg4NT71rhj1q+nn7VSZhPdikolmXsqTKkAsYQQWekjPqY
        dUL363XTbvAfjE/449VNcz13SOMSx0+dYi4T340qkSPp53uceyYFBXEUgYbwUwP7
        9wIDAQAB
        -----END PUBLIC KEY-----
        """;
}
