namespace Identity.Server.Pages.SignIn;

public sealed class SignInModel : LoginPage
{
    public string? AppAgency { get; set; }

    /// <summary>In the order to show: last used, then healthy ones first. Methods of one kind stand together.</summary>
    public IReadOnlyList<SignInMethod> Methods { get; set; } = [];

    /// <summary>What the application said the person is called, or what was typed before a refused attempt.</summary>
    public string? LoginHint { get; set; }

    public PasswordFault? Fault { get; set; }

    public bool OnlyPassword => Methods is [{ Kind: SignInMethodKind.Local }];
}

/// <param name="Connector">Name of the connector row; part of the address that starts it.</param>
/// <param name="IncidentNote">A ready sentence while an incident is open, in the language of the page.</param>
public sealed record SignInMethod(
    string Connector, string Name, SignInMethodKind Kind, bool IsPrimary = false, bool LastUsed = false, string? IncidentNote = null);

public enum SignInMethodKind
{
    NationalEid,
    Official,
    Local,
}

public enum PasswordFault
{
    UsernameMissing,
    PasswordMissing,

    /// <summary>One text for an unknown name and a wrong password: the page never reveals whether somebody exists.</summary>
    Wrong,
}
