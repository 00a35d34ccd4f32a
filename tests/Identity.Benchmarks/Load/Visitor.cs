using System.Text.Json;

namespace Identity.Benchmarks.Load;

/// <summary>One worker: a person with a browser, and the application and the machine that hold tokens for them.</summary>
internal sealed class Visitor(int number, LoadOptions options, ProviderClient provider)
{
    public int Number => number;
    public LoadOptions Options => options;
    public ProviderClient Provider => provider;
    public CookieJar Cookies { get; } = new();
    public string? AccessToken { get; private set; }
    public string? RefreshToken { get; private set; }
    public bool HasRotated { get; private set; }

    /// <summary>Requests sent by the operation under way.</summary>
    public int Requests { get; set; }

    public async Task ReadMetadataAsync()
    {
        await GetAsync(provider.Discovery);
        await GetAsync(provider.Keys);
    }

    public async Task GetAsync(string url)
    {
        Requests++;
        await provider.GetAsync(url);
    }

    public async Task AskAsMachineAsync()
    {
        KeyValuePair<string, string>[] scope = options.Machine.Scope.Length == 0 ? [] : [new("scope", options.Machine.Scope)];
        await TakeTokensAsync(options.Machine, new("grant_type", "client_credentials"), scope);
    }

    public Task RedeemAsync(string code, string verifier) => TakeTokensAsync(options.Web, new("grant_type", "authorization_code"),
        [new("code", code), new("redirect_uri", options.RedirectUri), new("code_verifier", verifier)], needsIdToken: true);

    public async Task RefreshAsync()
    {
        var presented = RefreshToken ?? throw new LoadException("no refresh token came with the code flow");
        await TakeTokensAsync(options.Web, new("grant_type", "refresh_token"), [new("refresh_token", presented)]);
        HasRotated |= RefreshToken != presented;
    }

    public async Task IntrospectAsync(string? token = null)
    {
        Requests++;
        using var answer = JsonDocument.Parse(await provider.PostAsync(provider.Introspection, options.Machine, new KeyValuePair<string, string>("token", token ?? AccessToken!)));
        if (!answer.RootElement.GetProperty("active").GetBoolean()) throw new LoadException("the token is not active");
    }

    public async Task ReadUserInfoAsync()
    {
        Requests++;
        using var answer = JsonDocument.Parse(await provider.GetAsync(provider.UserInfo, AccessToken));
        if (!answer.RootElement.TryGetProperty("sub", out _)) throw new LoadException("userinfo without sub");
    }

    private async Task TakeTokensAsync(LoadClient client, KeyValuePair<string, string> grant, KeyValuePair<string, string>[] fields, bool needsIdToken = false)
    {
        Requests++;
        using var answer = JsonDocument.Parse(await provider.PostAsync(provider.Token, client, [grant, .. fields]));
        AccessToken = answer.RootElement.GetProperty("access_token").GetString();
        if (answer.RootElement.TryGetProperty("refresh_token", out var refresh)) RefreshToken = refresh.GetString();
        if (needsIdToken && !answer.RootElement.TryGetProperty("id_token", out _)) throw new LoadException("no id_token");
    }
}
