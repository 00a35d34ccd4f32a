using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Applications;

/// <summary>What distinguishes one sample application from the other; they share all code.</summary>
internal sealed record SampleApplication(string Key, string Name, string Url, ApplicationClient Client, string Scope)
{
    public required string OtherName { get; init; }

    public required string OtherUrl { get; init; }

    public Page Page => new(Name, Key);

    public string CallbackUrl => $"{Url}/callback";

    public string SignedOutUrl => $"{Url}/signed-out";

    public static IReadOnlyList<SampleApplication> All(SandboxOptions options)
    {
        const string portal = "Cổng dịch vụ công (mẫu)";
        const string documents = "Quản lý văn bản (mẫu)";
        return
        [
            new("portal", portal, options.PortalUrl, options.Portal, "openid profile phone email offline_access")
                { OtherName = documents, OtherUrl = options.DocumentsUrl },
            new("documents", documents, options.DocumentsUrl, options.Documents, "openid profile prefill")
                { OtherName = portal, OtherUrl = options.PortalUrl },
        ];
    }
}
