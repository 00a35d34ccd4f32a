using System.Diagnostics.Metrics;
using Identity.Domain.Keys;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Identity.Server.MailOut;
using Identity.Server.Oidc.Logout;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Telemetry;

/// <summary>
/// What this server counts of its own trade. Values of tags are words of ours (names of connectors, of grants, of refusals), never
/// anything that a request brought along; that keeps people out and the number of series small.
/// </summary>
public sealed class ServerMeter
{
    public const string Name = "Identity";

    private readonly Counter<long> _signIns;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _mails;
    private readonly Histogram<double> _upstream;
    private readonly Histogram<double> _away;

    public ServerMeter(IMeterFactory meters, PasswordLane lane, LogoutBacklog backlog, MailBacklog mails, SigningKeyRing keys, TimeProvider clock)
    {
        var meter = meters.Create(Name);
        _signIns = meter.CreateCounter<long>("identity.sign_ins", "{sign_in}", "Sign-ins by connector and outcome");
        _tokens = meter.CreateCounter<long>("identity.tokens", "{request}", "Token requests by grant and outcome");
        _mails = meter.CreateCounter<long>("identity.mail.attempts", "{mail}", "Attempts to hand a mail to the relay, by outcome");
        _upstream = meter.CreateHistogram<double>("identity.upstream.duration", "s", "What an upstream took to start or to judge a sign-in");
        _away = meter.CreateHistogram<double>("identity.away.duration", "s", "What people took at the upstream until they came back");
        meter.CreateObservableUpDownCounter("identity.password_hash.running", () => lane.Running, "{check}", "Passwords being checked");
        meter.CreateObservableUpDownCounter("identity.password_hash.waiting", () => lane.Waiting, "{check}", "Passwords waiting for a place");
        meter.CreateObservableCounter("identity.password_hash.refused", () => lane.Refused, "{check}", "Sign-ins that were asked to come back");
        meter.CreateObservableGauge("identity.logout_deliveries", () => Backlog(backlog), "{delivery}", "Back-channel logouts owed or given up");
        meter.CreateObservableGauge("identity.mails", () => Backlog(mails), "{mail}", "Mails owed, given up or too late");
        meter.CreateObservableGauge("identity.mail.oldest", () => mails.Oldest, "s", "Age of the mail that waits longest");
        meter.CreateObservableGauge("identity.signing_key.age", () => Ages(keys, clock), "d", "Age of the key that signs, by algorithm");
    }

    public void SignedIn(string connector) => _signIns.Add(1, new("connector", connector), new("outcome", "signed_in"));

    public void NotSignedIn(string? connector, ProblemKind problem) =>
        _signIns.Add(1, new("connector", connector ?? "none"), new("outcome", ProblemShape.Of(problem).Text));

    public void WrongPassword(string connector) => _signIns.Add(1, new("connector", connector), new("outcome", "wrong_password"));

    /// <param name="outcome"><c>issued</c>, or the error's code.</param>
    public void Token(string? grantType, string outcome) => _tokens.Add(1, new("grant", Known(grantType)), new("outcome", outcome));

    public void Upstream(string connector, string step, UpstreamFailure? failure, TimeSpan taken) =>
        _upstream.Record(taken.TotalSeconds, new("connector", connector), new("step", step), new("outcome", failure is null ? "ok" : ProblemShape.Of(ProblemShape.From(failure.Value)).Text));

    public void Away(string connector, TimeSpan taken) => _away.Record(taken.TotalSeconds, new KeyValuePair<string, object?>("connector", connector));

    /// <param name="outcome"><c>sent</c>, <c>retried</c>, <c>failed</c> or <c>expired</c>.</param>
    public void Mail(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static string Known(string? grantType) => grantType switch
    {
        "authorization_code" => "authorization_code",
        "refresh_token" => "refresh_token",
        "client_credentials" => "client_credentials",
        _ => "other",
    };

    private static IEnumerable<Measurement<long>> Backlog(LogoutBacklog backlog) =>
        [new(backlog.Pending, new KeyValuePair<string, object?>("state", "pending")), new(backlog.Failed, new KeyValuePair<string, object?>("state", "failed"))];

    private static IEnumerable<Measurement<long>> Backlog(MailBacklog mails) =>
    [
        new(mails.Pending, new KeyValuePair<string, object?>("state", "pending")), new(mails.Failed, new KeyValuePair<string, object?>("state", "failed")),
        new(mails.Expired, new KeyValuePair<string, object?>("state", "expired")),
    ];

    private static IEnumerable<Measurement<double>> Ages(SigningKeyRing keys, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return keys.Published.NewestFirst.Where(k => k.ActivatesAt <= now).DistinctBy(k => k.Key.Algorithm)
            .Select(k => new Measurement<double>((now - k.ActivatesAt).TotalDays, new KeyValuePair<string, object?>("algorithm", k.Key.Algorithm)));
    }
}
