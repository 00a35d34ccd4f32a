namespace Identity.Server.Oidc;

/// <summary>Reads the form of a back-channel endpoint: POST, form-urlencoded, nothing repeated.</summary>
internal static class BackChannelForm
{
    /// <summary>Null with the operator's reason when the body is not a form we accept.</summary>
    public static async Task<(RequestParameters? Form, string? Problem)> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return (null, "the body is not form-urlencoded");
        // RFC 6749 §2.3.1: credentials must not be in the address, where logs keep them.
        if (http.Request.QueryString.HasValue) return (null, "parameters in the address");
        try
        {
            return (RequestParameters.Parse(await http.Request.ReadFormAsync(http.RequestAborted), out var problem), problem);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return (null, "the form cannot be read");
        }
    }
}
