namespace Identity.Server.Pages.Account;

public sealed class ServicesModel : AccountPage
{
    public IReadOnlyList<ServiceRow> Services { get; set; } = [];
}

/// <param name="ClientId">Travels in the form; not shown.</param>
/// <param name="Data">Canonical names of the attributes the application receives.</param>
/// <param name="CanStop">False where a statute orders the transfer: then the page says so instead of offering a button.</param>
public sealed record ServiceRow(
    string ClientId, string Name, string? Agency, IReadOnlyList<string> Data, DateTimeOffset Since, DateTimeOffset? LastUsedAt = null, bool CanStop = true);
