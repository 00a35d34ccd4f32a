namespace Identity.Protocols.Federation;

/// <summary>
/// An upstream that the browser is sent to (OpenID Connect today; VNeID and SAML are the siblings). An instance is made from a
/// configuration row; it keeps no state between the two calls: what must survive the trip is in <see cref="UpstreamTransaction"/>.
/// </summary>
public interface IRedirectConnector
{
    /// <summary>Builds the address to send the browser to. Fails with <see cref="UpstreamStart.Unavailable"/> when the upstream's own configuration cannot be read.</summary>
    Task<UpstreamStart> StartAsync(UpstreamRequest request, CancellationToken ct);

    /// <summary>Judges the answer that came back through the browser. Never throws for anything the upstream or the browser did.</summary>
    Task<UpstreamOutcome> CompleteAsync(UpstreamCallback callback, UpstreamTransaction transaction, CancellationToken ct);

    /// <summary>Where to send the browser to end the upstream session, or null when the upstream offers no such address.</summary>
    Uri? LogoutAddress(Uri returnTo);
}

/// <summary>What our sign-in needs from the upstream.</summary>
/// <param name="Callback">Absolute address the upstream must send the browser back to.</param>
/// <param name="ForceLogin">Ask the upstream for a fresh sign-in (<c>prompt=login</c>).</param>
public sealed record UpstreamRequest(Uri Callback, bool ForceLogin, string? LoginHint, string Language)
{
    /// <summary>What the sign-in should reach. An upstream may do less; what it did is judged by its answer.</summary>
    public UpstreamNeeds Needs { get; init; } = UpstreamNeeds.None;
}

/// <param name="Level">Authentication level of Decree 69/2024, 1 to 4; 0 when any will do.</param>
/// <param name="MaxAge">How long ago the human may have been present at the upstream; null when it does not matter.</param>
public sealed record UpstreamNeeds(int Level, ProofingLevel Proofing, TimeSpan? MaxAge)
{
    public static UpstreamNeeds None { get; } = new(0, ProofingLevel.SelfAsserted, null);
}

/// <summary>Secrets of one trip; the server stores them protected, bound to the browser, and hands them out once.</summary>
public sealed record UpstreamTransaction(string State, string Nonce, string CodeVerifier, Uri Callback, DateTimeOffset StartedAt)
{
    public override string ToString() => nameof(UpstreamTransaction);
}

/// <summary>The raw query or form of the callback. Raw, because some upstreams send Base64 that ordinary decoding would damage.</summary>
public sealed record UpstreamCallback(string RawQuery, IReadOnlyDictionary<string, string> Form)
{
    public override string ToString() => nameof(UpstreamCallback);
}

public abstract record UpstreamStart
{
    private UpstreamStart() { }
    public sealed record Redirect(Uri Address, UpstreamTransaction Transaction) : UpstreamStart
    {
        public override string ToString() => nameof(Redirect);
    }

    public sealed record Unavailable(UpstreamFailure Why, string Detail) : UpstreamStart;
}

public abstract record UpstreamOutcome
{
    private UpstreamOutcome() { }
    public sealed record Authenticated(ExternalIdentity Identity) : UpstreamOutcome;

    /// <summary>The person said no. Not an error, and never shown as one.</summary>
    public sealed record Cancelled : UpstreamOutcome;

    /// <param name="Detail">For operators; holds no personal data and no secret.</param>
    public sealed record Failed(UpstreamFailure Why, string Detail) : UpstreamOutcome;
}

/// <summary>Why an upstream answer was not accepted. Each value has its own page text, audit reason and sandbox switch.</summary>
public enum UpstreamFailure
{
    /// <summary>No connection, or an answer of the 5xx kind.</summary>
    Unreachable,

    /// <summary>No answer within the connector's time limit.</summary>
    TimedOut,

    /// <summary>The upstream refused with a protocol error other than the person's own cancellation.</summary>
    Refused,

    /// <summary>The answer is not what the specification says (missing member, wrong type, not JSON, too large).</summary>
    Malformed,
    SignatureInvalid,
    WrongIssuer,
    WrongAudience,
    WrongNonce,

    /// <summary>Expired, or issued too long ago or in the future.</summary>
    Stale,

    /// <summary>The authorization code was refused: used, expired or foreign.</summary>
    CodeRefused,

    /// <summary>A claim that the connector's configuration requires is absent.</summary>
    MissingClaim,

    /// <summary>The upstream vouches for less than the connector's configuration requires.</summary>
    LevelTooLow,

    /// <summary>Name and password do not open anything: unknown, wrong, locked or disabled. One value, because a stranger must not learn which.</summary>
    CredentialsRefused,

    /// <summary>The password was right, and the mailbox belongs to an office: nobody could say which human signed in.</summary>
    SharedMailbox,

    /// <summary>The certificate is not one that the configuration trusts, so nothing was sent over the connection.</summary>
    CertificateUntrusted,
}
