using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Register;

/// <summary>
/// Tells the server under test that something about a company changed: a Security Event Token (RFC 8417) by push (RFC 8935). It names the
/// company and nothing else; who wants to know more asks.
/// </summary>
internal sealed class RegisterEvents(SandboxOptions options, TimeProvider clock) : IDisposable
{
    public const string CompanyChanged = "https://register.mau.example/events/organisation-changed";

    readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "register-1" };
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public ConcurrentQueue<SentEvent> Sent { get; } = new();

    public IResult Keys()
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
        return Results.Json(new { keys = new[] { new { kty = "EC", crv = "P-256", x = jwk.X, y = jwk.Y, kid = key.KeyId, use = "sig", alg = "ES256" } } });
    }

    public async Task TellAsync(SyntheticCompany company, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Authority}/events/register") { Content = new StringContent(Token(company.TaxCode), Encoding.ASCII, "application/secevent+jwt") };
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = await http.SendAsync(request, ct);
            Sent.Enqueue(new(company.TaxCode, (int)response.StatusCode));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // The subscriber is away. A real register sends again; this one leaves it to the subscriber's timetable, which must do without events.
            Sent.Enqueue(new(company.TaxCode, 0));
        }
        while (Sent.Count > 50) Sent.TryDequeue(out _);
    }

    public void Dispose()
    {
        key.ECDsa.Dispose();
        http.Dispose();
    }

    string Token(string taxCode) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = options.RegisterUrl,
        Audience = options.Authority,
        IssuedAt = clock.GetUtcNow().UtcDateTime,
        TokenType = "secevent+jwt",
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        Claims = new Dictionary<string, object>
        {
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["events"] = new Dictionary<string, object> { [CompanyChanged] = new Dictionary<string, object> { ["MaSoThue"] = taxCode } },
        },
    });
}

internal sealed record SentEvent(string TaxCode, int Status);
