using Identity.Domain.Configuration;

namespace Identity.Hosting.Pages;

/// <summary>How the ways in stand on the sign-in page, and in the preview that owners have of it.</summary>
public static class SignInMethods
{
    /// <summary>Last used here, then healthy, then the operator's order (ux.md §3.5).</summary>
    /// <param name="lastUsed">Name of the connector that this browser remembers.</param>
    public static IEnumerable<ConnectorRegistration> InOrder(IEnumerable<ConnectorRegistration> offered, string? lastUsed = null) =>
        offered.Where(c => c.Kind != ConnectorKind.OfficialMail || c.IsMailDoor)
            .OrderByDescending(c => c.Name == lastUsed).ThenBy(c => c.Incident is not null).ThenBy(c => c.Order)
            // Nobody chooses among agencies: all of them are behind one field, and the address finds its own (ux.md O1).
            .DistinctBy(c => c.Kind == ConnectorKind.OfficialMail ? "" : c.Name);

    public static SignInMethodKind KindOf(ConnectorRegistration connector) => connector.Protocol == ConnectorProtocol.Passkey ? SignInMethodKind.Passkey : connector.Kind switch
    {
        ConnectorKind.NationalEid => SignInMethodKind.NationalEid,
        ConnectorKind.OfficialMail => SignInMethodKind.Official,
        _ => SignInMethodKind.Local,
    };

    /// <summary>Key of the page's title.</summary>
    public static string TitleOf(IEnumerable<SignInMethodKind> offered) => offered.ToList() is [SignInMethodKind.Local] ? "local.title" : "title.signin";

    /// <summary>Key of the heading over the ways of one kind, where there are several kinds.</summary>
    public static string HeadingOf(SignInMethodKind kind) => kind switch
    {
        SignInMethodKind.NationalEid => "aud.citizen",
        SignInMethodKind.Official => "aud.official",
        SignInMethodKind.Passkey => "aud.passkey",
        _ => "aud.local",
    };
}

public enum SignInMethodKind
{
    NationalEid,
    Official,
    Local,

    /// <summary>The device's own lock; a card of its own at the end, whoever the person is.</summary>
    Passkey,
}
