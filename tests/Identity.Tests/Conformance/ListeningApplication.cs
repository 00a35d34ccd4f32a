using System.Threading.Channels;
using Identity.Tests.Harness;
using Identity.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Conformance;

/// <summary>An application on a loopback port that hears about logouts.</summary>
internal sealed class ListeningApplication : IAsyncDisposable
{
    public const string ReturnTo = "https://listening.example/signed-out";
    private const string ClientId = "conformance-listening";
    private const string RedirectUri = "https://listening.example/callback";

    private readonly string _address = RunningSandbox.FreeUrls(1)[0];
    private readonly Channel<LogoutMessage> _messages = Channel.CreateUnbounded<LogoutMessage>();
    private readonly WebApplication _application;

    private ListeningApplication()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(_address);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Map("/backchannel-logout", ReceiveAsync);
    }

    /// <summary>The configuration file that registers it, with the <c>compatible</c> profile.</summary>
    public string Registration => $$"""
        {
          "clients": [{
            "client_id": "{{ClientId}}", "client_name": { "vi": "Kiểm thử đăng xuất", "en": "Logout test" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
            "profile": "compatible", "relaxations": ["pkce_optional", "nonce_optional", "rs256"], "application_type": "web",
            "token_endpoint_auth_method": "client_secret_basic", "secrets": [{ "value": "{{TestClients.Secret}}" }],
            "redirect_uris": ["{{RedirectUri}}"], "post_logout_redirect_uris": ["{{ReturnTo}}"],
            "backchannel_logout_uri": "{{_address}}/backchannel-logout", "backchannel_logout_session_required": true,
            "grant_types": ["authorization_code"], "scopes": ["openid"], "id_token_signed_response_alg": "RS256", "sector": "conformance",
            "connectors": ["local"], "data_release": "none"
          }]
        }
        """;

    public bool IsQuiet => _messages.Reader.Count == 0;

    public static async Task<ListeningApplication> StartAsync()
    {
        var listening = new ListeningApplication();
        await listening._application.StartAsync();
        return listening;
    }

    public TestRelyingParty RelyingParty(TestProvider provider) => new(provider, ClientId, RedirectUri);

    public Task<LogoutMessage> NextAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        var fields = form.ToDictionary(f => f.Key, f => f.Value.ToString());
        await _messages.Writer.WriteAsync(new(request.Method, request.ContentType, fields));
        // §2.8: the receiver's answer must not be cached.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Ok();
    }
}

internal sealed record LogoutMessage(string Method, string? ContentType, IReadOnlyDictionary<string, string> Form);
