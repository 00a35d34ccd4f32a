using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Identity.Admin.SignIn;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Identity.Admin.TryIt;

/// <summary>
/// Plays the application: an ordinary relying party of the public host, at a redirect URI of this one. It proves itself with a secret that
/// only the two hosts can derive, so that nobody has to paste theirs.
/// </summary>
public sealed class TryItClient(IHttpClientFactory http, ClientDefaults defaults, IOptions<AdminOptions> options, TimeProvider clock)
{
    private string Issuer => options.Value.Issuer.TrimEnd('/');
    private string RedirectUri => new Uri(options.Value.Address!, TryItRoutes.Callback).AbsoluteUri;

    /// <summary>Where the browser goes; null while the public host does not answer.</summary>
    public async Task<string?> StartAsync(Client client, TryItTrip trip, CancellationToken ct)
    {
        if (await MetadataAsync("authorization_endpoint", ct) is not { } endpoint) return null;
        return QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = client.ClientId, ["redirect_uri"] = RedirectUri, ["scope"] = string.Join(' ', client.Scopes), ["state"] = trip.State, ["nonce"] = trip.Nonce,
            ["code_challenge"] = trip.Challenge, ["code_challenge_method"] = "S256",
            // Each try may be somebody else.
            ["prompt"] = "login",
        });
    }

    public async Task<TryItResult> CompleteAsync(Client client, TryItTrip trip, IQueryCollection query, CancellationToken ct)
    {
        if (query["error"] is [{ Length: > 0 } error, ..]) return TryItResult.Failed(error, query["error_description"].ToString());
        try
        {
            var answer = await ExchangeAsync(client, trip, query["code"].ToString(), ct);
            if (answer.TryGetProperty("error", out var refused)) return TryItResult.Failed(refused.ToString(), answer.TryGetProperty("error_description", out var why) ? why.ToString() : "");
            var keys = await GetAsync((await MetadataAsync("jwks_uri", ct))!, bearer: null, ct);
            var userinfo = await GetAsync((await MetadataAsync("userinfo_endpoint", ct))!, answer.GetProperty("access_token").GetString(), ct);
            return TryItResult.Of(answer, keys, userinfo, new TryItExpectation(options.Value.Issuer, client.ClientId, trip.Nonce, query["iss"].ToString(), clock.GetUtcNow()));
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return TryItResult.Failed("temporarily_unavailable", "");
        }
    }

    private async Task<JsonElement> ExchangeAsync(Client client, TryItTrip trip, string code, CancellationToken ct)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = RedirectUri, ["code_verifier"] = trip.Verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, await MetadataAsync("token_endpoint", ct));
        var secret = defaults.TrySecret(client.ClientId);
        if (client.TokenEndpointAuthMethod == ClientAuthenticationMethod.ClientSecretBasic)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(secret)}")));
        else form["client_id"] = client.ClientId;
        if (client.TokenEndpointAuthMethod == ClientAuthenticationMethod.ClientSecretPost) form["client_secret"] = secret;
        request.Content = new FormUrlEncodedContent(form);
        using var reply = await Http().SendAsync(request, ct);
        return await ReadAsync(reply, ct);
    }

    private async Task<string?> MetadataAsync(string member, CancellationToken ct)
    {
        try
        {
            var document = await GetAsync($"{Issuer}/.well-known/openid-configuration", bearer: null, ct);
            return document.TryGetProperty(member, out var value) ? value.GetString() : null;
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<JsonElement> GetAsync(string address, string? bearer, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var reply = await Http().SendAsync(request, ct);
        return await ReadAsync(reply, ct);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage reply, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync(ct));
        return document.RootElement.Clone();
    }

    private HttpClient Http() => http.CreateClient(Provider.HttpClientName);
}
