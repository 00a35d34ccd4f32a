using Identity.Domain.Audit;
using Identity.Domain.Clients;

namespace Identity.Server.Oidc;

/// <summary>Answers a refused back-channel request, and leaves a row and a log line behind.</summary>
public sealed class EndpointRefusals(AuditWriter writer, RequestOrigin origin, ILogger<EndpointRefusals> log)
{
    /// <param name="endpoint">One word, the first half of the audit row's name.</param>
    public async Task RefuseAsync(HttpContext http, string endpoint, OidcError error, Client? client = null)
    {
        await writer.WriteAsync(origin.Describe($"{endpoint}.refused", error.Code, clientId: client?.ClientId, detail: error.LogDetail), http.RequestAborted);
        log.Refused(endpoint, error.Code, client?.ClientId, error.LogDetail);
        await OidcJson.SendErrorAsync(http, error);
    }
}
