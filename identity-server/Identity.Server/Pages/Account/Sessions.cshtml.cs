namespace Identity.Server.Pages.Account;

public sealed class SessionsModel : AccountPage
{
    public IReadOnlyList<SessionRow> Sessions { get; set; } = [];
}

/// <param name="Id">Travels in the form; the session's public handle, never what its cookie holds.</param>
/// <param name="Apps">Names of the applications that are open in it.</param>
public sealed record SessionRow(string Id, SignInTrace SignIn, DateTimeOffset LastSeenAt, IReadOnlyList<string> Apps, bool IsThis = false);
