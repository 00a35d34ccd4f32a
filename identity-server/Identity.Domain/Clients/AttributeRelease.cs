namespace Identity.Domain.Clients;

/// <summary>Why one attribute goes to a client, in the words of its owner. What a client says nothing about follows its <see cref="Client.DataRelease"/>.</summary>
/// <param name="Kind"><see cref="DataRelease.Notice"/> where a statute orders the transfer, otherwise <see cref="DataRelease.Consent"/>.</param>
public sealed record AttributeRelease(string Claim, DataRelease Kind)
{
    /// <summary>A clause that says what this very attribute is for.</summary>
    public LocalizedText? Purpose { get; init; }

    /// <summary>The statute, for a transfer that nobody is asked about.</summary>
    public LocalizedText? LegalBasis { get; init; }

    /// <summary>How long the agency uses and keeps it.</summary>
    public LocalizedText? Retention { get; init; }
}

/// <summary>
/// The claim that fills in forms: what the registers say, each with its source and date. The person may leave out each of its fields,
/// unless a statute orders that one.
/// </summary>
public static class PrefillClaim
{
    public const string Name = "prefill";

    /// <summary>Claims and attributes of the same name.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "birthdate", "gender", "address", "phone_number", "email"];
}
