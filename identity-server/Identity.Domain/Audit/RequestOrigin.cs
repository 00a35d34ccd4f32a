using System.Text;

namespace Identity.Domain.Audit;

/// <summary>Where the current unit of work came from: the peer of a request, or the command that an operator typed. Every audit row begins here, so that none can forget it.</summary>
public sealed class RequestOrigin(TimeProvider clock)
{
    private const int WordLength = 400;
    private const int DetailLength = 2_000;

    public string? Address { get; set; }

    /// <summary>Source port: behind carrier-grade NAT the address alone names nobody (vietnam.md §4.3).</summary>
    public int? Port { get; set; }

    public string? Actor { get; set; }

    public AuditEvent Describe(string name, string? reason = null, Guid? personId = null, string? clientId = null, Guid? sessionId = null,
        string? connector = null, string? reference = null, string? detail = null) => new()
        {
            At = StoredTime.Now(clock),
            Name = name,
            Reason = Fit(reason, WordLength),
            Actor = Fit(Actor, WordLength),
            PersonId = personId,
            ClientId = Fit(clientId, WordLength),
            SessionId = sessionId,
            Connector = Fit(connector, WordLength),
            Reference = Fit(reference, WordLength),
            Address = Fit(Address, WordLength),
            Port = Port,
            Detail = Fit(detail, DetailLength),
        };

    /// <summary>What no engine could store (too long, NUL, half a surrogate pair) must cost neither this row nor the others of its batch.</summary>
    private static string? Fit(string? text, int length)
    {
        if (text is null) return null;
        if (text.Length > length) text = text[..length];
        return text.Any(c => c == '\0' || char.IsSurrogate(c)) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD'))) : text;
    }
}
