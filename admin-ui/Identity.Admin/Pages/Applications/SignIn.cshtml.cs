using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>Addresses, level and how a secret is sent.</summary>
[NeedsSignIn]
public sealed class SignInModel : SettingsPage
{
    [BindProperty(SupportsGet = true)] public SignInInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, string? done, CancellationToken ct)
    {
        var result = await ShowAsync(access, documents, done, ct);
        if (Client is not null && !FormCameBack) Input = SignInInput.Of(Client);
        return result;
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationSettings settings, [FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct) =>
        await AnswerAsync(await settings.ChangeSignInAsync(Actor, Id, Version, Input.ToSettings(), ct), access, documents, $"/apps/{Id}/sign-in", ct);
}

public sealed record SignInInput
{
    public string? RedirectUris { get; set; }
    public string? PostLogoutRedirectUris { get; set; }
    public string? BackchannelLogoutUri { get; set; }
    public string? InitiateLoginUri { get; set; }
    public int Level { get; set; } = 1;
    public ClientAuthenticationMethod? Method { get; set; }

    public static SignInInput Of(Client client) => new()
    {
        RedirectUris = string.Join('\n', client.RedirectUris), PostLogoutRedirectUris = string.Join('\n', client.PostLogoutRedirectUris), BackchannelLogoutUri = client.BackchannelLogoutUri,
        InitiateLoginUri = client.InitiateLoginUri, Level = client.MinimumAcrLevel, Method = client.TokenEndpointAuthMethod,
    };

    public SignInOfApplication ToSettings() => new(ApplicationPage.Lines(RedirectUris), ApplicationPage.Lines(PostLogoutRedirectUris), Level,
        Method is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost ? Method : null)
    {
        BackchannelLogoutUri = ApplicationPage.OrNull(BackchannelLogoutUri), InitiateLoginUri = ApplicationPage.OrNull(InitiateLoginUri),
    };
}
