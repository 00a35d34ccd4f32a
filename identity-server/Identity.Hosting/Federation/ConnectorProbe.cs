using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Protocols.Federation;

namespace Identity.Hosting.Federation;

/// <summary>
/// Tries a connector as far as that goes without a person. An upstream that browsers are sent to is asked to redeem a code that it never
/// gave: its "no such code" proves the address, TLS and our credentials. A mail server or directory is asked about a mailbox that does
/// not exist: its "no" proves the line, the certificate and the searching account. No person's password is ever needed.
/// </summary>
public sealed class ConnectorProbe(ConnectorCatalog catalog, ClientRegistry registry)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="issuer">The public host, whose callback the upstream knows.</param>
    /// <returns>Null for what cannot be tried: ways in of our own, registers, and rows that make no connector.</returns>
    public async Task<ConnectorCheck?> TryAsync(string name, string issuer, CancellationToken ct)
    {
        if (registry.FindConnector(name) is not { } row) return null;
        var (outcome, expected) = catalog.MakeAnew(name) switch
        {
            IRedirectConnector redirect => (await AskForCodeAsync(redirect, row, issuer, ct), UpstreamFailure.CodeRefused),
            IPasswordConnector password => (await AskForMailboxAsync(password, row, ct), UpstreamFailure.CredentialsRefused),
            _ => (null, default),
        };
        if (outcome is null) return null;
        return new()
        {
            Connector = name,
            Passed = outcome.Why == expected,
            Detail = outcome.Why == expected ? null : $"{outcome.Why}: {outcome.Detail}",
            CertificateUntil = await CertificateUntilAsync(row, ct),
        };
    }

    private static async Task<UpstreamOutcome.Failed?> AskForCodeAsync(IRedirectConnector connector, ConnectorRegistration row, string issuer, CancellationToken ct)
    {
        switch (await connector.StartAsync(new UpstreamRequest(new Uri($"{issuer}/login/callback/{Uri.EscapeDataString(row.Name)}"), ForceLogin: false, LoginHint: null, "vi"), ct))
        {
            case UpstreamStart.Redirect { Transaction: var transaction }:
                var iss = row.Settings.TryGetProperty("issuer", out var named) ? $"&iss={Uri.EscapeDataString(named.GetString() ?? "")}" : "";
                var answer = new UpstreamCallback($"?code=probe-{RandomNumberGenerator.GetHexString(16)}&state={Uri.EscapeDataString(transaction.State)}{iss}", new Dictionary<string, string>());
                return await connector.CompleteAsync(answer, transaction, ct) as UpstreamOutcome.Failed ?? new(UpstreamFailure.Malformed, "took a code that it never gave");
            case UpstreamStart.Unavailable { Why: var why, Detail: var detail }:
                return new(why, detail);
            default:
                return null;
        }
    }

    private static async Task<UpstreamOutcome.Failed> AskForMailboxAsync(IPasswordConnector connector, ConnectorRegistration row, CancellationToken ct)
    {
        var mailbox = $"probe-{RandomNumberGenerator.GetHexString(16, lowercase: true)}@{(row.Domains is [var first, ..] ? first.Name : "invalid")}";
        return await connector.AuthenticateAsync(new PasswordAttempt(mailbox, mailbox, RandomNumberGenerator.GetHexString(16)), ct) as UpstreamOutcome.Failed
            ?? new(UpstreamFailure.Malformed, "let in a mailbox that does not exist");
    }

    /// <summary>Looked at and then turned away, whatever it is: whether it is the right one is the connector's business.</summary>
    internal static async Task<DateTimeOffset?> CertificateUntilAsync(ConnectorRegistration row, CancellationToken ct)
    {
        if (PlaceOf(row.Settings) is not var (host, port)) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        DateTimeOffset? until = null;
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(host, port, limit.Token);
            await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
            {
                until = certificate is null ? null : new DateTimeOffset(((X509Certificate2)certificate).NotAfter.ToUniversalTime());
                return false;
            });
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Seen or not seen: the handshake always ends here.
        }
        return until;
    }

    /// <summary>Where TLS begins with the first byte; an upgrade would need the protocol's own words first.</summary>
    private static (string Host, int Port)? PlaceOf(JsonElement settings)
    {
        foreach (var member in (string[])["token_endpoint", "issuer"])
            if (settings.TryGetProperty(member, out var address) && Uri.TryCreate(address.GetString(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps) return (uri.Host, uri.Port);
        var isTls = !settings.TryGetProperty("security", out var security) || security.GetString() == "tls";
        return isTls && settings.TryGetProperty("host", out var host) && settings.TryGetProperty("port", out var port) ? (host.GetString()!, port.GetInt32()) : null;
    }
}
