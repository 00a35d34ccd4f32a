namespace Identity.Server.Pages.Account;

/// <summary>A person's own methods as the page about the ways to sign in lists them.</summary>
public sealed record FactorRows(IReadOnlyList<FactorRow> Passkeys, IReadOnlyList<FactorRow> Apps, int CodesLeft, DateTimeOffset? CodesMadeAt)
{
    public static readonly FactorRows None = new([], [], 0, null);

    /// <summary>Its own lock is not offered on a computer that others use too.</summary>
    public bool OnSharedComputer { get; init; }
}

/// <param name="Name">As its owner calls it.</param>
public sealed record FactorRow(FactorKind Kind, Guid Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt = null);

public enum FactorKind
{
    Passkey,
    App,
    Codes,
}
