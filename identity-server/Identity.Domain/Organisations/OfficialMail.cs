using System.Text.RegularExpressions;
using Identity.Domain.People;

namespace Identity.Domain.Organisations;

public enum OfficialMailError
{
    NonAscii,

    /// <summary>Not exactly one @.</summary>
    Format,
    Domain,

    /// <summary>A domain of a merged province whose time as an alias is over.</summary>
    DomainEnded,
    Local,
}

/// <param name="EndsAt">Set for the domain of a merged province that stays as an alias for a while.</param>
/// <param name="AliasOf">The domain in which the same local part is the same mailbox. Only an operator can know: of two provinces
/// that merged, each may have had a <c>nva</c>.</param>
public sealed record OfficialMailDomain(string Name, DateTimeOffset? EndsAt = null, string? AliasOf = null)
{
    public bool IsOpen(DateTimeOffset now) => !(EndsAt <= now);
}

/// <summary>
/// An address at one of the province's own domains. Says where a mailbox is, not whose it is: whether it belongs to a unit, and
/// may therefore never sign in, is known to the directory only.
/// </summary>
public sealed partial record OfficialMail
{
    private OfficialMail(string local, OfficialMailDomain domain) =>
        (Value, Domain, Mailbox) = ($"{local}@{domain.Name}", domain.Name, $"{local}@{domain.AliasOf ?? domain.Name}");

    public string Value { get; }

    public string Domain { get; }

    /// <summary>The one address of the mailbox, whichever of its domains was typed.</summary>
    public string Mailbox { get; }

    public static Parsed<OfficialMail, OfficialMailError> Parse(
        string input, IReadOnlyCollection<OfficialMailDomain> domains, DateTimeOffset now)
    {
        if (!input.All(char.IsAscii)) return OfficialMailError.NonAscii;   // look-alike letters
        if (input.Trim().ToLowerInvariant().Split('@') is not [var local, var name]) return OfficialMailError.Format;
        // Equal, never a suffix: evil-mau.example ends like mau.example.
        if (domains.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } domain) return OfficialMailError.Domain;
        if (!domain.IsOpen(now)) return OfficialMailError.DomainEnded;
        return local.Length <= 64 && LocalForm().IsMatch(local) ? new OfficialMail(local, domain) : OfficialMailError.Local;
    }

    public override string ToString() => $"•••@{Domain}";

    [GeneratedRegex(@"\A[a-z0-9]+([._-][a-z0-9]+)*\z")]
    private static partial Regex LocalForm();
}
