using System.Buffers.Text;
using System.Text;
using Identity.Connectors.Register;
using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Protocols.Jose;
using Identity.Server.Login;
using Identity.Server.Oidc;
using Identity.Server.Oidc.Authorize;
using Identity.Server.Oidc.ClientAuthentication;
using Identity.Tests.Configuration;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Fuzz;

/// <summary>One reader of what strangers write. It must come to a verdict, whatever it is given; an exception is a failure.</summary>
/// <param name="Name">Its folder under <c>corpus</c>.</param>
/// <param name="BytesPerCharacter">What it may allocate for each character of its input, beside <see cref="FreeBytes"/>.</param>
internal sealed record FuzzTarget(string Name, int BytesPerCharacter, Func<string, object?> Read)
{
    /// <summary>What any call may allocate: buffers and objects that do not grow with the input.</summary>
    public const int FreeBytes = 64 * 1024;

    private static readonly DateTimeOffset Now = ConfigurationFixture.Now;
    private static readonly PrivateSigningKey Key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
    private static readonly OfficialMailDomain[] Domains = [new("anbinh.example"), new("cu.example", Now.AddDays(-1))];
    private static readonly RegisterConnectorSettings Register = new() { Issuer = new Uri("https://register.example") };
    private static readonly string[] Registered = ["https://rp.example/cb", "http://127.0.0.1/cb"];

    public static IReadOnlyList<FuzzTarget> All(IServiceProvider services) =>
    [
        new("jws", 64, text => (JsonWebSignature.Verify(text, [Key.PublicKey], JwsAlgorithms.All), JsonWebSignature.ReadUnverified(text))),
        new("jwt-header", 64, header => JsonWebSignature.Verify($"{Encoded(header)}.e30.{new string('A', 86)}", [Key.PublicKey], JwsAlgorithms.All)),
        new("jwt-claims", 96, claims => Claims(Key.Sign("JWT", Raw(claims)))),
        new("jwks", 512, text => JsonWebKeySet.Parse(Raw(text))),
        new("redirect-uri", 512, uri => (RedirectUriRules.ProblemOfPage(uri), Array.ConvertAll(Enum.GetValues<ApplicationType>(), type => (RedirectUriRules.ProblemOf(uri, type), RedirectUriRules.Matches(Registered, uri, type))))),
        new("parameters", 512, query => Authorize(services, query)),
        new("claims", 256, text => ClaimsRequest.Parse(text)),
        new("configuration", 2_048, text => ConfigurationFixture.Reader(ConnectorCatalog.ProblemsOf).Read(Raw(text))),
        new("vneid-body", 512, VNeIdReader.Body),
        new("vneid-callback", 512, VNeIdReader.Callback),
        new("staff-list", 512, text => StaffListReader.Read(Raw(text), Now)),
        new("org-tree", 4_096, text => OrgTreeImport.Judge(Raw(text), new OrgTree([], []), Now)),
        new("register", 512, text => StrictJson.TryReadObject(Raw(text), out var json) ? RegisterConnector.ReadEntry(Register, json) : null),
        new("tax-code", 64, text => TaxCode.Parse(text, Now)),
        new("personal-number", 64, text => (PersonalNumber.Parse(text, Now), PersonalNumber.FromAssertion(text, Now, text, text), IdentityCardNumber.Parse(text), AgencyCode.Parse(text))),
        new("password", 2_048, text => PasswordPolicy.Problem(text, "quantri")),
        new("official-mail", 256, text => OfficialMail.Parse(text, Domains, Now)),
        new("basic", 256, header => Authenticate(services, header)),
        new("cookie", 512, header => Cookies(services, header)),
        new("refresh-token", 64, text => (RefreshTokenValue.Parse(text), Identity.Server.Oidc.Tokens.AccessTokenId.GrantOf(text))),
        new("logo", 512, text => Logo(Raw(text))),
        new("acr-values", 256, text => AcrValues.LowestRequested(text.Split(' '))),
    ];

    private static string Encoded(string text) => Base64Url.EncodeToString(Raw(text));

    /// <summary>As bytes that need not be UTF-8.</summary>
    private static byte[] Raw(string text) => text.All(c => c < 256) ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);

    /// <summary>As it is, and with check sums that fit, so that what was broken gets as far as it can.</summary>
    private static (LocalizedText?, LocalizedText?) Logo(byte[] file) =>
        (ClientLogo.ProblemOf(Convert.ToBase64String(file), out _), ClientLogo.ProblemOf(Convert.ToBase64String(PngForge.Resealed(file)), out _));

    private static object? Claims(string compact)
    {
        if (JsonWebSignature.Verify(compact, [Key.PublicKey], JwsAlgorithms.All) is not JwsResult.Verified jws || !JwtClaims.TryRead(jws.Payload, out var claims)) return null;
        return (claims.TryGetText("nonce", out var nonce), nonce, claims.TryGetTexts("amr", out var amr), amr, claims.TryGetDate("auth_time", out var at), at);
    }

    private static (AuthorizeVerdict Verdict, RequestParameters? Again)? Authorize(IServiceProvider services, string query)
    {
        if (RequestParameters.Parse(QueryHelpers.ParseQuery(query), out _) is not { } parameters) return null;
        var again = RequestParameters.Parse(QueryHelpers.ParseQuery(parameters.ToQuery()), out _);
        return (services.GetRequiredService<AuthorizeRequestReader>().Read(parameters), again);
    }

    private static Task<ClientAuthenticationOutcome> Authenticate(IServiceProvider services, string header)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = header;
        var answer = services.GetRequiredService<ClientAuthenticator>().AuthenticateAsync(http, RequestParameters.Parse([], out _)!, CancellationToken.None);
        Assert.True(answer.IsCompleted, "credentials in a header are judged without waiting");
        return answer;
    }

    private static object? Cookies(IServiceProvider services, string header)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = header;
        var cookies = services.GetRequiredService<BrowserCookies>();
        return (cookies.ReadSession(http), cookies.ReadBrowser(http), cookies.ReadLastMethod(http), cookies.ReadKnownDevice(http));
    }
}
