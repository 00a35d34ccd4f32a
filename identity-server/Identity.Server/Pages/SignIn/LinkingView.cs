namespace Identity.Server.Pages.SignIn;

/// <param name="Adding">The person is proved; the new door is chosen.</param>
/// <param name="PersonName">Whose account it is; null or empty when that is not to be said, or not known.</param>
public sealed record LinkingView(bool Adding, LinkingPurpose Purpose, string? PersonName);

public enum LinkingPurpose
{
    NewDoor,

    /// <summary>A sign-in found a record that may be this human's.</summary>
    OldAccount,

    /// <summary>No door at all: a page of the account wants to be sure.</summary>
    Proof,
}
