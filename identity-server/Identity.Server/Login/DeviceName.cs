namespace Identity.Server.Login;

/// <summary>"Chrome · Android": enough for a person to know their own device, nothing to track one by.</summary>
internal static class DeviceName
{
    // First match wins: Edge and Opera call themselves Chrome, Chrome calls itself Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string From(string userAgent) => $"{Find(Browsers, userAgent)} · {Find(Systems, userAgent)}";

    /// <summary>Null when neither browser nor system was recognised.</summary>
    public static string? Known(string? device) => device is null or "? · ?" ? null : device;

    private static string Find((string Mark, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name ?? "?";
}
