namespace Identity.Server.Pages;

/// <summary>A button for fingerprint, face or screen lock.</summary>
/// <param name="Action">Where the form goes, with the device's answer or without.</param>
/// <param name="Options">Where the script gets the question for the device.</param>
/// <param name="Ceremony"><c>get</c> or <c>create</c>.</param>
/// <param name="Button">Key of the button's text.</param>
public sealed record PasskeyPrompt(string Action, string Options, string Ceremony, string Button, bool IsPrimary)
{
    /// <summary>The owner may say what it is called.</summary>
    public bool AsksForName { get; init; }

    public string? Name { get; init; }
}
