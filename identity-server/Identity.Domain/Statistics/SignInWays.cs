using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Domain.Statistics;

/// <summary>How people signed in, month by month, by what they can name: the way in, and what they proved it with.</summary>
public sealed class SignInWays(StatisticsReader reader, ClientRegistry registry)
{
    /// <summary>Of the province alone; in each month the one that was taken most first.</summary>
    public async Task<IReadOnlyList<WayCount>> ReadAsync(StatisticsReach reach, DateTimeOffset now, CancellationToken ct) =>
        [.. (await reader.MethodsAsync(reach, now, ct)).GroupBy(m => (m.Month, Way: WayOf(m))).Select(g => new WayCount(g.Key.Month, g.Key.Way, g.Sum(m => m.Amount)))
            .OrderByDescending(w => w.Month).ThenByDescending(w => w.Amount).ThenBy(w => w.Way)];

    private SignInWay WayOf(MethodCount count)
    {
        var methods = count.Methods.Split('+');
        if (methods.Contains("hwk") || methods.Contains("swk") || methods.Contains("pop")) return SignInWay.Passkey;
        return registry.FindConnector(count.Connector)?.Kind switch
        {
            ConnectorKind.NationalEid => SignInWay.Eid,
            ConnectorKind.OfficialMail => methods.Contains("otp") ? SignInWay.MailCode : SignInWay.Mail,
            _ => methods.Contains("otp") ? SignInWay.Code : SignInWay.Password,
        };
    }
}

public enum SignInWay
{
    Passkey,
    Eid,
    Mail,

    /// <summary>Official mail, and a code besides.</summary>
    MailCode,
    Password,

    /// <summary>A password, and a code besides.</summary>
    Code,
}

/// <param name="Month"><c>202611</c></param>
public sealed record WayCount(int Month, SignInWay Way, long Amount);
