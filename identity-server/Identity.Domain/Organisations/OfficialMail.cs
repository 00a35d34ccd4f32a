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
public sealed record OfficialMailDomain(string Name, DateTimeOffset? EndsAt = null);

/// <summary>
/// An address at one of the province's own domains. Says where a mailbox is, not whose it is: whether it belongs to a unit, and
/// may therefore never sign in, is known to the directory only.
/// </summary>
public sealed partial record OfficialMail
{
    private OfficialMail(string local, string domain) => (Value, Domain) = ($"{local}@{domain}", domain);

    public string Value { get; }

    public string Domain { get; }

    public static Parsed<OfficialMail, OfficialMailError> Parse(
        string input, IReadOnlyCollection<OfficialMailDomain> domains, DateTimeOffset now)
    {
        if (!input.All(char.IsAscii)) return OfficialMailError.NonAscii;   // look-alike letters
        if (input.Trim().ToLowerInvariant().Split('@') is not [var local, var name]) return OfficialMailError.Format;
        // Equal, never a suffix: evil-mau.example ends like mau.example.
        if (domains.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } domain) return OfficialMailError.Domain;
        if (domain.EndsAt <= now) return OfficialMailError.DomainEnded;
        return local.Length <= 64 && LocalForm().IsMatch(local) ? new OfficialMail(local, name) : OfficialMailError.Local;
    }

    public override string ToString() => $"•••@{Domain}";

    [GeneratedRegex(@"\A[a-z0-9]+([._-][a-z0-9]+)*\z")]
    private static partial Regex LocalForm();
}
