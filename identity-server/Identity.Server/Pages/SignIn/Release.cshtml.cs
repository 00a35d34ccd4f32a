namespace Identity.Server.Pages.SignIn;

/// <summary>What leaves for the application: real values, not the names of permissions.</summary>
public sealed class ReleaseModel : LoginPage
{
    public ReleaseMode Mode { get; set; }
    public string? AppAgency { get; set; }

    /// <summary>Completes "It needs the following to …", in the language of the page.</summary>
    public string? Purpose { get; set; }

    public IReadOnlyList<ShownFact> Required { get; set; } = [];

    /// <summary>Offered, never ticked beforehand: silence is not agreement.</summary>
    public IReadOnlyList<OptionalRelease> Optional { get; set; } = [];

    /// <summary>How long the agency uses and keeps it, in its own words.</summary>
    public string? KeptFor { get; set; }

    public DateTimeOffset? RememberedUntil { get; set; }
}

public enum ReleaseMode
{
    /// <summary>A statute orders the transfer; the person is told and not asked for agreement.</summary>
    Notice,
    Consent,
}

/// <param name="Value">The checkbox carries its <see cref="ShownFact.Attribute"/>, never the value itself.</param>
public sealed record OptionalRelease(ShownFact Value, string? Reason = null);
