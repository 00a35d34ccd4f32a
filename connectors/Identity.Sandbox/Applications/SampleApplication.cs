using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Applications;

/// <summary>What distinguishes one sample application from the others; they share all code.</summary>
internal sealed record SampleApplication(string Key, string Name, string Url, ApplicationClient Client, string Scope)
{
    public IReadOnlyList<SampleApplication> Others { get; init; } = [];

    /// <summary>Takes people in more than one role, so that it offers to switch.</summary>
    public bool HasCapacities { get; init; }

    /// <summary>Holds a document that opens only after two steps.</summary>
    public bool HasProtectedDocument { get; init; }

    public Page Page => new(Name, Key);

    public string CallbackUrl => $"{Url}/callback";

    public string SignedOutUrl => $"{Url}/signed-out";

    public static IReadOnlyList<SampleApplication> All(SandboxOptions options)
    {
        SampleApplication[] all =
        [
            new("portal", "Cổng dịch vụ công (mẫu)", options.PortalUrl, options.Portal, "openid profile phone email offline_access"),
            new("documents", "Quản lý văn bản (mẫu)", options.DocumentsUrl, options.Documents, "openid profile prefill") { HasCapacities = true, HasProtectedDocument = true },
            new("business", "Cổng doanh nghiệp (mẫu)", options.BusinessUrl, options.Business, "openid profile offline_access") { HasCapacities = true },
        ];
        return [.. all.Select(one => one with { Others = [.. all.Where(other => other.Key != one.Key)] })];
    }
}
