using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;

namespace Identity.Server.Oidc;

/// <summary>Answers a refused back-channel request, and leaves a row and a log line behind.</summary>
public sealed class EndpointRefusals(IdentityDb db, AuditTrail trail, ILogger<EndpointRefusals> log)
{
    /// <param name="endpoint">One word, the first half of the audit row's name.</param>
    public async Task RefuseAsync(HttpContext http, string endpoint, OidcError error, Client? client = null)
    {
        trail.Add($"{endpoint}.refused", error.Code, clientId: client?.ClientId, detail: error.LogDetail);
        await db.SaveChangesAsync(http.RequestAborted);
        log.Refused(endpoint, error.Code, client?.ClientId, error.LogDetail);
        await OidcJson.SendErrorAsync(http, error);
    }
}
