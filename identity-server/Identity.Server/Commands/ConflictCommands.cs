using System.CommandLine;
using System.Globalization;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Startup;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Commands;

/// <summary>
/// Conflicts that only somebody with documents in hand can end, for the operator of a machine when the pages of the desk, where two people
/// decide, are out of reach (docs/linking.md). Both call the same desk.
/// </summary>
internal static class ConflictCommands
{
    private static readonly Dictionary<string, ConflictDecision> Decisions = new(StringComparer.Ordinal)
    {
        ["stays"] = ConflictDecision.Stays, ["belongs"] = ConflictDecision.Belongs, ["shut"] = ConflictDecision.Shut,
    };

    private static readonly string[] Compared = [AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate, AttributeNames.Gender];

    private static Argument<string> Code => new("code") { Description = "Reference code that the person reads out, for example AB-482-915-307; dashes and capitals do not matter" };

    private static Option<string> Papers => new("--papers") { Description = "Numbers of the papers it rests on; nothing of what stands in them", HelpName = "text", Required = true };

    public static Command Make(Option<FileInfo?> settings) =>
        new("conflicts", "Two records claim one person, or sources disagree about one") { List(settings), Show(settings), Decide(settings), Undo(settings) };

    private static Command List(Option<FileInfo?> settings)
    {
        var decided = new Option<bool>("--decided") { Description = "Instead, decisions that can still be taken back" };
        var command = new Command("list", "Open cases, the oldest first; nobody's name is shown") { decided };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var isDecided = parsed.GetValue(decided);
            var cases = isDecided ? await session.Get<ConflictDesk>().DecidedAsync(ct) : await session.Get<LinkConflicts>().OpenAsync(ct);
            foreach (var one in cases) Console.WriteLine(isDecided ? Decided(one) : Open(one, session.Get<TimeProvider>().GetUtcNow()));
            Console.WriteLine($"{cases.Count} {(isDecided ? "decided" : "open")}.");
            return 0;
        });
        return command;
    }

    private static Command Show(Option<FileInfo?> settings)
    {
        var code = Code;
        var command = new Command("show", "What the source says and what the records say. The people hear of it, and this look stands in their history") { code };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            if (await FindAsync(session, parsed.GetRequiredValue(code), ct) is not { } conflict) return 1;
            // Written down before anything is shown.
            await session.Get<ConflictDesk>().LookAsync(conflict, ct);
            var door = await session.Get<LinkConflicts>().DoorAsync(conflict, ct);
            Console.WriteLine(conflict.ResolvedAt is null ? Open(conflict, session.Get<TimeProvider>().GetUtcNow()) : Decided(conflict));
            Tell("source", session.Get<LinkConflicts>().Read(conflict).Attributes, $"{conflict.Connector}, {(door is null ? "nobody's way in yet" : door.FrozenAt is null ? "open" : "paused")}");
            foreach (var party in conflict.Parties.OrderBy(p => p.PersonId)) await TellAsync(session, party, door, ct);
            return 0;
        });
        return command;
    }

    private static Command Decide(Option<FileInfo?> settings)
    {
        var (code, papers) = (Code, Papers);
        var decision = new Option<string>("--as") { Description = "stays: nothing changes; belongs: it is --person's; shut: the way in signs nobody in", HelpName = "decision", Required = true };
        decision.AcceptOnlyFromAmong([.. Decisions.Keys]);
        var person = new Option<Guid?>("--person") { Description = "Whose it is: an id that \"conflicts show\" prints", HelpName = "id" };
        var command = new Command("decide", "End a case; look at the documents of everybody concerned first") { code, decision, person, papers };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            if (await FindAsync(session, parsed.GetRequiredValue(code), ct) is not { } conflict) return 1;
            // Which applications are told that a visit is over stands in the configuration.
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            var ruling = new ConflictRuling(Decisions[parsed.GetRequiredValue(decision)], parsed.GetValue(person), OperatorSession.Actor, parsed.GetRequiredValue(papers));
            return await EndAsync(await session.Get<ConflictDesk>().DecideAsync(conflict.Id, ruling, ct), "Decided. Everybody concerned was told; it can be taken back for 30 days.");
        });
        return command;
    }

    private static Command Undo(Option<FileInfo?> settings)
    {
        var (code, papers) = (Code, Papers);
        var command = new Command("undo", "Take a decision of the last 30 days back; the case is open again") { code, papers };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            if (await FindAsync(session, parsed.GetRequiredValue(code), ct) is not { } conflict) return 1;
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            return await EndAsync(await session.Get<ConflictDesk>().UndoAsync(conflict.Id, parsed.GetRequiredValue(papers), ct), "Taken back. The case is open again.");
        });
        return command;
    }

    private static async Task<LinkConflict?> FindAsync(OperatorSession session, string code, CancellationToken ct)
    {
        var found = await session.Get<ConflictDesk>().FindAsync(code, ct);
        if (found is null) await Console.Error.WriteLineAsync("No case has this code: it was read wrongly, belongs to another failure (see \"failure show\"), or the case is over for more than 30 days.");
        return found;
    }

    private static async Task<int> EndAsync(ConflictOutcome outcome, string done)
    {
        if (outcome == ConflictOutcome.Done) Console.WriteLine(done);
        else await Console.Error.WriteLineAsync(outcome switch
        {
            ConflictOutcome.NotOpen => "The case is not open any more.",
            ConflictOutcome.NotAParty => "Say with --person whose it is: one of those that \"conflicts show\" names.",
            ConflictOutcome.HeldByAnother => "Somebody else, who is no party of this case, holds that number. Nothing was changed.",
            ConflictOutcome.NothingSaid => "The source gave no such value. Nothing was changed.",
            ConflictOutcome.NotDecided => "Nothing was decided here that could be taken back.",
            ConflictOutcome.TooLate => "The decision is older than 30 days: it stays. A new case begins with the next attempt.",
            ConflictOutcome.OpenAgain => "The same conflict has come up again and has an open case: decide that one.",
            _ => "The way in or a record has changed since. Nothing was changed.",
        });
        return outcome == ConflictOutcome.Done ? 0 : 1;
    }

    private static string Open(LinkConflict one, DateTimeOffset now) =>
        $"{one.Reference}  {one.Kind}  {one.Connector}  since {Day(one.CreatedAt)}  attempts {one.Attempts}{(now - one.CreatedAt > ConflictDesk.Late ? "  LATE" : "")}";

    private static string Decided(LinkConflict one) => $"{one.Reference}  {one.Kind}  {one.Connector}  {one.Decision} on {Day(one.ResolvedAt!.Value)} by {one.ResolvedBy}  papers: {one.Resolution}";

    private static async Task TellAsync(OperatorSession session, LinkConflictParty party, LinkedIdentity? door, CancellationToken ct)
    {
        var person = await session.Get<IdentityDb>().People.AsNoTracking().SingleAsync(p => p.Id == party.PersonId, ct);
        var ways = await session.Get<Doors>().OfAsync(party.PersonId, ct);
        var what = $"{person.Status}, since {Day(person.CreatedAt)}{(party.Proved ? ", was at the keyboard" : "")}{(door?.PersonId == party.PersonId ? ", has the way in" : "")}";
        Tell(party.PersonId.ToString(), await session.Get<PersonDirectory>().AttributesAsync(party.PersonId, ct), $"{what}; ways in: {(ways.Count == 0 ? "none linked" : string.Join(", ", ways.Select(w => w.Connector)))}");
    }

    private static void Tell(string whose, IReadOnlyDictionary<string, string> facts, string what)
    {
        Console.WriteLine($"{whose}  {what}");
        foreach (var name in Compared)
            if (facts.TryGetValue(name, out var value)) Console.WriteLine($"    {name,-16}{(name == AttributeNames.PersonalNumber ? Masked(value) : value)}");
    }

    /// <summary>Enough to hold against the card on the counter.</summary>
    private static string Masked(string number) => number.Length > 4 ? $"••••••••{number[^4..]}" : "••••";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
