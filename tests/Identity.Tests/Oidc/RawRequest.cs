using System.Net.Http.Headers;
using System.Text;
using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>Back-channel requests that no well-behaved client library would send.</summary>
internal static class RawRequest
{
    public static Dictionary<string, string> ClientCredentials { get; } = new() { ["grant_type"] = "client_credentials" };

    public static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    public static Task<TestReply> FormAsync(TestProvider provider, string address, string? authorization, Dictionary<string, string> form) =>
        SendAsync(provider, HttpMethod.Post, address, authorization, new FormUrlEncodedContent(form));

    public static Task<TestReply> BodyAsync(TestProvider provider, string address, string? authorization, string body, string contentType = "application/x-www-form-urlencoded") =>
        SendAsync(provider, HttpMethod.Post, address, authorization, new StringContent(body, Encoding.UTF8, contentType));

    public static async Task<TestReply> SendAsync(TestProvider provider, HttpMethod method, string address, string? authorization, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await TestReply.ReadAsync(await provider.Http.SendAsync(request));
    }

    /// <summary>A refusal as clients can rely on it: the code, the status, never cached, and a challenge with every 401.</summary>
    public static void AssertRefused(TestReply reply, int status, string error, string challenge = "Basic")
    {
        Assert.True((reply.Status, reply.Error) == (status, error), $"{reply.Status} {reply.Body}");
        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
        if (status == 401) Assert.Equal(challenge, Assert.Single(reply.Headers.WwwAuthenticate).Scheme);
    }
}
