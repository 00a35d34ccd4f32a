using Identity.Protocols.Federation;

namespace Identity.Server.Pages.Account;

public sealed class IdentitiesModel : AccountPage
{
    public IReadOnlyList<ShownFact> Details { get; set; } = [];

    /// <summary>Where <see cref="Details"/> come from and are corrected.</summary>
    public string? DetailsSource { get; set; }

    public IReadOnlyList<IdentityRow> Identities { get; set; } = [];
}

public sealed record IdentityRow(
    string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt = null, ProofingLevel? Level = null, bool InUse = false);
