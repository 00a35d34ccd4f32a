namespace Identity.Server.Login.Factors;

/// <summary>What the page's form brings: the device's answer, or the reason why there is none.</summary>
internal sealed record PasskeyForm(string? Credential, PasskeyFault? Fault)
{
    private const int Longest = 20_000;

    public static async Task<PasskeyForm> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var credential = form["credential"].ToString();
        if (credential.Length is > 0 and <= Longest) return new(credential, null);
        // The browser's own word for it (a DOMException's name) is matched, never repeated (M8).
        return new(null, form["fault"].ToString() switch
        {
            "script" => PasskeyFault.NoScript,
            "NotAllowedError" or "AbortError" => PasskeyFault.Cancelled,
            "InvalidStateError" => PasskeyFault.AlreadyThere,
            "NotSupportedError" or "SecurityError" or "unsupported" => PasskeyFault.Unsupported,
            _ => PasskeyFault.Refused,
        });
    }
}
