using System.Text.Json;

namespace Identity.Domain.Failures;

/// <summary>Whose turn it is.</summary>
public enum FailureFixer
{
    Person,
    Upstream,
    Application,
    Us,

    /// <summary>Somebody who sees documents.</summary>
    Desk,
}

/// <summary>A problem in a sentence for the help desk, and who can put it right.</summary>
public sealed record FailureAdvice(FailureFixer Fixer, string Sentence)
{
    private static readonly Dictionary<string, FailureAdvice> ByProblem = new(StringComparer.Ordinal)
    {
        ["Cancelled"] = new(FailureFixer.Person, "The person stopped at the upstream. They can try again."),
        ["TimedOut"] = new(FailureFixer.Upstream, "The upstream did not answer in time. Try again; if many see it, look at its state."),
        ["Unreachable"] = new(FailureFixer.Upstream, "The upstream could not be reached. Look at its state and at the network between."),
        ["Refused"] = new(FailureFixer.Upstream, "The upstream refused and gave its own reason, which stands in the row of the trail."),
        ["NotGenuine"] = new(FailureFixer.Upstream, "The upstream's answer did not check out. Once: an old tab or a tampered answer. Often: its keys or its clock have changed."),
        ["CodeRefused"] = new(FailureFixer.Person, "The upstream took its code for used or too old. Start again."),
        ["MissingData"] = new(FailureFixer.Upstream, "The upstream left out what it must send. Once: the person withheld it. Often: ask the upstream's operator."),
        ["LevelTooLow"] = new(FailureFixer.Person, "The application needs a better proofed identity. The person raises their e-ID's level with the police."),
        ["OrganisationAccount"] = new(FailureFixer.Person, "They used an organisation's account. Sign in with the personal one."),
        ["Suspended"] = new(FailureFixer.Desk, "The person is suspended or closed. Only the desk can say why, and lift it."),
        ["Deceased"] = new(FailureFixer.Desk, "A register says that the person died. The desk corrects the data with documents."),
        ["NumberConflict"] = new(FailureFixer.Desk, "Two records hold one national number. The desk compares documents."),
        ["OwnershipUnproved"] = new(FailureFixer.Person, "An older account may be theirs and is not proved. Sign in the old way first."),
        ["LinkFrozen"] = new(FailureFixer.Desk, "This way to sign in is paused for this account. The desk checks, and opens it again."),
        ["WrongBrowser"] = new(FailureFixer.Person, "The sign-in was begun in another browser. Go back there, or start again."),
        ["DeclinedFirst"] = new(FailureFixer.Person, "The person said that the data is wrong or not theirs. Correct it with the police, or sign out at the e-ID."),
        ["TooManyAttempts"] = new(FailureFixer.Person, "Too many wrong passwords. The pause ends by itself; another way works now."),
        ["SharedMailbox"] = new(FailureFixer.Person, "They used a mailbox of an office. Sign in with the personal one."),
        ["ForeignMailbox"] = new(FailureFixer.Upstream, "The provider named an address outside its domains, or none. Look at the connector's domains and at the provider's configuration."),
        ["ConnectionUntrusted"] = new(FailureFixer.Us, "The mail server's certificate is not trusted. Look at the connector's authority and at the server's certificate."),
        ["DeclinedMail"] = new(FailureFixer.Person, "The person said that the mailbox's data is wrong or not theirs. Its directory's owner corrects it."),
        ["NumberMismatch"] = new(FailureFixer.Desk, "The e-ID's national number is not the one of the account. The desk compares documents."),
        ["BirthDateDiffers"] = new(FailureFixer.Desk, "Equal numbers, different birth dates. The desk compares documents."),
        ["DoorOfAnother"] = new(FailureFixer.Desk, "That way in belongs to another account. If both are theirs, the desk decides."),
        ["AssuranceTooLow"] = new(FailureFixer.Person, "That way in does not say for certain who they are. Sign in with the e-ID first, then add it."),
        ["Closed"] = new(FailureFixer.Person, "The account is closed and this way is not strong enough to reopen it. Use the e-ID at level 02."),
        ["ProofStale"] = new(FailureFixer.Person, "Too much time passed between the two proofs. Start again."),
        ["ProofTooWeak"] = new(FailureFixer.Person, "One of the two proofs is weaker than what it would open. Prove it with a stronger way."),
        ["ProvedAnother"] = new(FailureFixer.Person, "They proved a way in of another person, or of nobody. Start again with their own."),
        ["LinkInterrupted"] = new(FailureFixer.Person, "The sign-in that was one of the proofs ended meanwhile. Start again."),
        ["OurSide"] = new(FailureFixer.Us, "It broke here. The node's log has the same code."),
        ["Bounced"] = new(FailureFixer.Application, "Signed in, and the application sent the person back at once. Its callback fails, or it loses its own cookie."),
        ["FactorPaused"] = new(FailureFixer.Person, "Too many wrong codes of the second step. The pause ends by itself; a passkey or the e-ID works now."),
        ["NoCapacity"] = new(FailureFixer.Person, "They have no capacity that the application takes. A register, the personnel list or a mandate gives one."),
        ["CannotSatisfy"] = new(FailureFixer.Application, "Signed in, and still short of what the application asks. Look at its levels, and at what the ways it takes can prove."),
        ["OtherPerson"] = new(FailureFixer.Application, "The application insisted on one person and another signed in. Begin there again."),
        ["OtherParty"] = new(FailureFixer.Application, "The application insisted on one party and the person acts for another. Begin there again."),
        ["Expired"] = new(FailureFixer.Person, "Too much time passed. Start again from the application."),
    };

    private static readonly FailureAdvice Unknown = new(FailureFixer.Us, "Look at the row of the trail and at the node's log, which have the same code.");

    private static readonly HashSet<string> OfConnector = [.. ByProblem.Where(p => p.Value.Fixer is FailureFixer.Upstream or FailureFixer.Us).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Key))];

    /// <summary>Whether a way to sign in is to blame.</summary>
    /// <param name="word">The problem as counters name it: <c>timed_out</c>.</param>
    public static bool IsOfConnector(string word) => OfConnector.Contains(word);

    public static FailureAdvice For(string? problem) => problem is not null && ByProblem.TryGetValue(problem, out var advice) ? advice : Unknown;

    /// <summary>For hosts that say them in their own words.</summary>
    public static IReadOnlyCollection<string> Problems => ByProblem.Keys;

    public static bool Knows(string problem) => ByProblem.ContainsKey(problem);
}
