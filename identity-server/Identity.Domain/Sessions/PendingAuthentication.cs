using Identity.Domain.Linking;
using Identity.Domain.Failures;
using Identity.Protocols.Federation;

namespace Identity.Domain.Sessions;

/// <summary>
/// A parked request: who asks, what for, and how far the person has come. Its id stands in the address of every sign-in page, so
/// each tab has its own; it works only in the browser that started it.
/// </summary>
public sealed class PendingAuthentication
{
    public required string Id { get; init; }

    /// <summary>Digest of the browser cookie that the request is bound to (login CSRF, fixation: L10, L11, O37).</summary>
    public required string BrowserDigest { get; init; }

    /// <summary>Which protocol parked it and will take the answer: <c>oidc</c>, or <c>account</c> for our own pages.</summary>
    public required string Protocol { get; init; }

    /// <summary>Client that asks; null for our own pages.</summary>
    public string? ClientId { get; init; }

    /// <summary>The protocol's own request, verbatim; the protocol validates it again when it resumes.</summary>
    public required string Request { get; init; }

    /// <summary>What the application said the person is called, or what was typed last.</summary>
    public string? LoginHint { get; set; }
    public string? Language { get; set; }

    /// <summary>The upstream, too, must ask for a fresh sign-in.</summary>
    public bool ForceLogin { get; init; }

    /// <summary>Level that the application asked for when something was missing; what the page offers, never the verdict.</summary>
    public int? RequiredLevel { get; set; }

    /// <summary>Its maximum age, in seconds.</summary>
    public int? RequiredAge { get; set; }

    /// <summary>How well it wants the person proofed.</summary>
    public ProofingLevel? RequiredProofing { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Connector whose answer is awaited or was last judged.</summary>
    public string? Connector { get; set; }

    /// <summary>Digest of the upstream <c>state</c>; with it the callback finds this row.</summary>
    public string? StateDigest { get; set; }

    /// <summary>State, nonce and verifier of the trip, sealed. Taken out by one conditional statement.</summary>
    public string? SealedTransaction { get; set; }

    /// <summary>Proved upstream identity that waits for the person's "yes, this is me", sealed.</summary>
    public string? SealedIdentity { get; set; }

    /// <summary>Session that this very request signed in; what satisfies <c>prompt=login</c>.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Set while a door is being added to somebody; an ordinary sign-in never links to whoever happens to be signed in here.</summary>
    public LinkStep? LinkStep { get; set; }

    /// <summary>Whom the door is for. Only a session that this very request started for them counts as their proof.</summary>
    public Guid? LinkPersonId { get; set; }

    /// <summary>A door that was proved before its owner was; waits, sealed, for the proof of an old door.</summary>
    public string? SealedNewDoor { get; set; }

    /// <summary>The conflict that stopped this request, for its page.</summary>
    public Guid? ConflictId { get; set; }

    /// <summary>The person chose to go on with the session that was already there (<c>prompt=select_account</c>).</summary>
    public bool AccountConfirmed { get; set; }

    /// <summary>Capacity that this request will be answered in: chosen on the page, or settled before the release page showed it.</summary>
    public string? CapacityAnswer { get; set; }

    /// <summary>Who gave <see cref="CapacityAnswer"/>; it holds for nobody else.</summary>
    public Guid? CapacityAnsweredBy { get; set; }

    /// <summary>Claims that the application will receive and the page must show, space-separated; null until the page is due.</summary>
    public string? ReleaseRequired { get; set; }

    /// <summary>Claims that the person may leave out, space-separated.</summary>
    public string? ReleaseOptional { get; set; }

    /// <summary>Answer to the release page of this request: names agreed to, space-separated, or null while unanswered.</summary>
    public string? ReleaseAnswer { get; set; }

    /// <summary>Who gave <see cref="ReleaseAnswer"/>; it holds for nobody else.</summary>
    public Guid? ReleaseAnsweredBy { get; set; }

    /// <summary>The person said no: to signing in, or to the release. The protocol passes it on.</summary>
    public string? Denial { get; set; }

    /// <summary>Last problem shown, by name, with its reference code.</summary>
    public string? Problem { get; set; }

    /// <summary>For the folded technical part of the page; free of personal data.</summary>
    public string? ProblemDetail { get; set; }
    public string? Reference { get; set; }
    public DateTimeOffset? ProblemAt { get; set; }

    /// <summary>How far it came and when, in the compact form of <see cref="SignInSteps"/>; free of personal data.</summary>
    public string? Steps { get; set; }

    /// <summary>Notes how far it has come. The caller saves, with what it has to save anyway.</summary>
    /// <param name="outcome">One word of ours; <c>ok</c> when it went on.</param>
    public void Reach(SignInStep step, DateTimeOffset now, string outcome = SignInSteps.Ok) => Steps = SignInSteps.Add(Steps, step, now - CreatedAt, outcome);

    /// <summary>Set when the request has been answered; a parked request is answered once.</summary>
    public DateTimeOffset? ConcludedAt { get; set; }
}
