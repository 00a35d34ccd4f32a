using Identity.Domain.Configuration;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Server.Login;

/// <summary>
/// Where a typed address leads. Its domain decides, by being equal to a configured one; nothing here knows whether a mailbox or a
/// person exists, so nothing here can tell (L1).
/// </summary>
public static class MailDoor
{
    private const int LongestAddress = 254;
    private const int SlipsOfTheFinger = 2;

    public static IEnumerable<string> OpenDomains(IEnumerable<ConnectorRegistration> offered, DateTimeOffset now) =>
        offered.Where(row => row.IsMailDoor).SelectMany(row => row.Domains).Where(domain => domain.IsOpen(now)).Select(domain => domain.Name);

    public static MailVerdict Judge(IReadOnlyCollection<ConnectorRegistration> offered, string typed, DateTimeOffset now)
    {
        var doors = offered.Where(row => row.IsMailDoor).ToList();
        if (string.IsNullOrWhiteSpace(typed)) return new MailVerdict.Refused(MailFault.Missing);
        if (typed.Length > LongestAddress) return new MailVerdict.Refused(MailFault.Malformed);
        List<OfficialMailDomain> domains = [.. doors.SelectMany(row => row.Domains)];
        return OfficialMail.Parse(typed, domains, now) switch
        {
            Parsed<OfficialMail, OfficialMailError>.Valid { Value: var mail } => new MailVerdict.Accepted(mail, doors.First(row => row.Domains.Any(d => d.Name == mail.Domain))),
            Parsed<OfficialMail, OfficialMailError>.Invalid { Error: OfficialMailError.Domain or OfficialMailError.DomainEnded } => new MailVerdict.Refused(MailFault.Domain) { Meant = Meant(typed, domains, now) },
            _ => new MailVerdict.Refused(MailFault.Malformed),
        };
    }

    /// <summary>An upstream speaks for the domains that it was given and for no others, whatever it asserts (identity-model.md, linking, rule 1).</summary>
    public static bool IsOwnAddress(ConnectorRegistration row, ExternalIdentity identity) =>
        identity.Find(AttributeNames.Email)?.Split('@') is [_, var domain] && row.Domains.Any(d => d.Name.Equals(domain, StringComparison.OrdinalIgnoreCase));

    /// <summary>What was typed as it may be stored and shown again.</summary>
    public static string? Remembered(string typed) =>
        typed.Length is > 0 and <= LongestAddress && !typed.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') ? typed : null;

    /// <summary>"Did you mean": the successor of a domain that ended, or the nearest that is open. The part before the @ stays the person's own.</summary>
    private static string? Meant(string typed, IReadOnlyList<OfficialMailDomain> domains, DateTimeOffset now)
    {
        if (typed.Trim().ToLowerInvariant().Split('@') is not [var local, var name]) return null;
        var open = domains.Where(d => d.IsOpen(now)).ToList();
        var meant = domains.FirstOrDefault(d => d.Name == name)?.AliasOf ?? Suggestion.Nearest(name, open.Select(d => d.Name), SlipsOfTheFinger);
        return meant is not null && OfficialMail.Parse($"{local}@{meant}", open, now) is Parsed<OfficialMail, OfficialMailError>.Valid { Value: var mail } ? mail.Value : null;
    }
}

public abstract record MailVerdict
{
    private MailVerdict() { }

    public sealed record Accepted(OfficialMail Mail, ConnectorRegistration Row) : MailVerdict;

    public sealed record Refused(MailFault Fault) : MailVerdict
    {
        /// <summary>An address that would be accepted, if there is one near.</summary>
        public string? Meant { get; init; }

        public override string ToString() => Fault.ToString();
    }
}

public enum MailFault
{
    Missing,
    Malformed,

    /// <summary>Not, or no longer, a domain of official mail that counts here.</summary>
    Domain,
    PasswordMissing,

    /// <summary>One text for an unknown mailbox, a wrong password, a locked and a disabled account.</summary>
    Wrong,
}
