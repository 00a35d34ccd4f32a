using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Identity.Benchmarks.Load;

/// <summary>One node of the provider as a client sees it: its endpoints by discovery, keep-alive HTTP/1.1, no redirects followed.</summary>
internal sealed class ProviderClient : IDisposable
{
    private readonly LoadOptions _options;
    private readonly Uri _base;
    private readonly HttpClient _http;
    private string _issuerOrigin = "";

    private ProviderClient(LoadOptions options, Uri @base)
    {
        (_options, _base) = (options, @base);
        if (!options.AllowRemote && !@base.IsLoopback) throw new BenchmarkException($"{@base} is not on this machine.");
        _http = new(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            MaxConnectionsPerServer = Math.Max(options.Workers, 2),
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            ActivityHeadersPropagator = null,
        })
        { Timeout = TimeSpan.FromSeconds(15) };
        if (options.BehindTls) _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        Discovery = new Uri(@base, options.IssuerPath + "/.well-known/openid-configuration").AbsoluteUri;
    }

    public string Discovery { get; }
    public string Authorize { get; private set; } = "";
    public string Token { get; private set; } = "";
    public string UserInfo { get; private set; } = "";
    public string Keys { get; private set; } = "";
    public string Introspection { get; private set; } = "";

    public static async Task<ProviderClient> ConnectAsync(LoadOptions options, Uri @base, CancellationToken ct)
    {
        var provider = new ProviderClient(options, @base);
        if (options.Mode == "get") return provider;
        using var document = JsonDocument.Parse(await provider._http.GetByteArrayAsync(provider.Discovery, ct));
        string Endpoint(string name) => document.RootElement.TryGetProperty(name, out var address) ? provider.Here(new Uri(address.GetString()!)).AbsoluteUri : "";
        provider._issuerOrigin = Origin(new Uri(document.RootElement.GetProperty("issuer").GetString()!));
        provider.Authorize = Endpoint("authorization_endpoint");
        provider.Token = Endpoint("token_endpoint");
        provider.UserInfo = Endpoint("userinfo_endpoint");
        provider.Keys = Endpoint("jwks_uri");
        provider.Introspection = Endpoint("introspection_endpoint");
        return provider;
    }

    /// <summary>The same path at this node, whatever name the provider has given itself.</summary>
    public Uri Here(Uri address) => new(_base, address.PathAndQuery);

    public Uri Here(string path) => new(_base, path);

    /// <summary>Where a redirect leads; never off this machine.</summary>
    public Uri Follow(Uri from, Uri location)
    {
        var next = location.IsAbsoluteUri ? location : new Uri(from, location);
        return next.IsLoopback || _options.AllowRemote || Origin(next) == _issuerOrigin ? Here(next) : throw new LoadException($"redirect leaves loopback: {next.Host}");
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public async Task<byte[]> GetAsync(string url, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        return await AnswerAsync(request);
    }

    /// <summary>A form with the client's credentials, in the way the run was told to.</summary>
    public async Task<byte[]> PostAsync(string url, LoadClient client, params KeyValuePair<string, string>[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        List<KeyValuePair<string, string>> form = [.. fields];
        if (_options.SecretInHeader) request.Headers.Authorization = Basic(client);
        else
        {
            form.Add(new("client_id", client.Id));
            if (client.Secret.Length > 0) form.Add(new("client_secret", client.Secret));
        }
        request.Content = new FormUrlEncodedContent(form);
        return await AnswerAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode == HttpStatusCode.OK ? body : throw new LoadException($"{(int)response.StatusCode} from {request.RequestUri!.AbsolutePath}: {Encoding.UTF8.GetString(body)}");
    }

    private static AuthenticationHeaderValue Basic(LoadClient client) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}")));

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}

/// <summary>One operation that did not end as it should; counted, and the first of a run is shown.</summary>
internal sealed class LoadException(string message) : Exception(message.Length > 300 ? message[..300] : message);
