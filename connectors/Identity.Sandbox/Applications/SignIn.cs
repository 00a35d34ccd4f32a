using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Applications;

/// <summary>Sends the browser to the server with state, nonce and a PKCE challenge of its own.</summary>
internal sealed class SignIn(SampleApplication application, ProviderMetadata metadata, ApplicationMemory memory, ApplicationCookies cookies)
{
    static readonly string[] PassedOn = ["prompt", "max_age", "acr_values", "ui_locales", "login_hint", "response_mode", "claims", "capacity"];

    public async Task<IResult> StartAsync(HttpContext http, CancellationToken ct)
    {
        if ((await metadata.GetAsync(ct)).Failed(out var problem, out var provider)) return ProblemPage.Show(application, problem);
        var query = http.Request.Query;
        var transaction = new Transaction(cookies.Browser(http))
        {
            // One of our own pages or the first one; an address from outside would lead anywhere.
            ReturnTo = query["return"] == ProtectedDocument.Path ? ProtectedDocument.Path : "/",
            MaxAge = int.TryParse(query["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? TimeSpan.FromSeconds(age) : null,
        };
        var parameters = PassedOn.Where(query.ContainsKey).ToDictionary(name => name, name => (string?)query[name]);
        parameters["response_type"] = "code";
        parameters["client_id"] = application.Client.ClientId;
        parameters["redirect_uri"] = application.CallbackUrl;
        parameters["scope"] = application.Scope;
        parameters["state"] = memory.Transactions.Add(transaction);
        parameters["nonce"] = transaction.Nonce;
        parameters["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(transaction.Verifier)));
        parameters["code_challenge_method"] = "S256";
        return new RedirectTo(QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, parameters));
    }
}
