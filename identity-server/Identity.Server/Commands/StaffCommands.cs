using System.CommandLine;
using System.Globalization;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Server.Organisations;
using Identity.Server.Startup;

namespace Identity.Server.Commands;

/// <summary>People in office: the personnel list, and the lists that security level 3 asks for.</summary>
internal static class StaffCommands
{
    private static Option<string> Source => new("--source")
    {
        Description = "Name of the list when there are several: hr, or hr- and a word", HelpName = "name", DefaultValueFactory = _ => AffiliationSource.HumanResources,
    };

    public static Command MakeHr(Option<FileInfo?> settings) => new("hr", "The personnel list as a CSV file") { Import(settings), Waiting(settings) };

    public static Command MakeStaff(Option<FileInfo?> settings) => new("staff", "People in office") { Idle(settings), Review(settings), Resume(settings), Reconcile(settings) };

    private static Command Import(Option<FileInfo?> settings)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV file, UTF-8, with the columns staff_number, personal_number, mail, name, unit_code, position, from, to, status" }.AcceptExistingOnly();
        var source = Checked(Source);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing" };
        var changes = new Option<bool>("--changes") { Description = "The file names changes only: nobody leaves because they are not in it" };
        var many = new Option<bool>("--allow-many-leavers") { Description = "More people leave than Staff:LargestLeaverShare allows, and that is right" };
        var skip = new Option<bool>("--skip-errors") { Description = "Take the rows that are right and leave the others as they are" };
        var command = new Command("import", "Joiners, movers and leavers; a leaver's official sessions and tokens end with the import") { file, source, dryRun, changes, many, skip };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var list = StaffListReader.Read(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, ct), DateTimeOffset.UtcNow);
            // Which doors are official and which applications are told stands in the configuration.
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            var import = session.Get<StaffImport>();
            if (parsed.GetValue(dryRun))
            {
                var plan = await import.PreviewAsync(parsed.GetRequiredValue(source), list, parsed.GetValue(changes), ct);
                return await TellAsync(plan, "A dry run: nothing was changed.", isDone: plan.Errors.Count == 0);
            }
            var wishes = new StaffImportWishes { OnlyChanges = parsed.GetValue(changes), AllowManyLeavers = parsed.GetValue(many), SkipErrors = parsed.GetValue(skip) };
            return await TellAsync(await import.ApplyAsync(parsed.GetRequiredValue(source), list, wishes, ct));
        });
        return command;
    }

    private static Command Waiting(Option<FileInfo?> settings)
    {
        var command = new Command("waiting", "Posts of the list that nobody has signed in to yet");
        command.SetAction(settings, async (_, session, ct) => Write(await session.Get<StaffLists>().WaitingAsync(ct), "nobody has claimed"));
        return command;
    }

    private static Command Idle(Option<FileInfo?> settings)
    {
        var command = new Command("idle", "Posts without a sign-in since Staff:IdleAfter (45 days)");
        command.SetAction(settings, async (_, session, ct) => Write(await session.Get<StaffLists>().IdleAsync(ct), "idle"));
        return command;
    }

    private static Command Review(Option<FileInfo?> settings)
    {
        var unit = new Option<string?>("--unit") { Description = "Of this unit only", HelpName = "code" };
        var confirm = new Option<bool>("--confirm") { Description = "Everybody on the list was looked at and is right" };
        var command = new Command("review", "Posts that nobody has looked at since Staff:ReviewEvery (six months)") { unit, confirm };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            Guid? unitId = null;
            if (parsed.GetValue(unit) is { } code)
            {
                unitId = (await OrgTree.LoadAsync(session.Get<IdentityDb>(), ct)).Find(code, DateTimeOffset.UtcNow)?.Id;
                if (unitId is null) return await RefuseAsync($"No unit has the code {code} today.");
            }
            var due = await session.Get<StaffLists>().DueForReviewAsync(unitId, ct);
            Write(due, "due for a review");
            if (parsed.GetValue(confirm)) Console.WriteLine($"Confirmed: {await session.Get<StaffLists>().ConfirmAsync([.. due.Select(d => d.StandingId!.Value)], ct)}.");
            return 0;
        });
        return command;
    }

    private static Command Resume(Option<FileInfo?> settings)
    {
        var number = new Argument<string>("staff-number") { Description = "Whose post is theirs again" };
        var source = Checked(Source);
        var command = new Command("resume", "Lift a suspension for idleness or for a mailbox conflict that the agency has cleared up") { number, source };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            if (await session.Get<StaffLists>().StandingOfAsync(parsed.GetRequiredValue(source), parsed.GetRequiredValue(number), ct) is not { } standing) return await RefuseAsync("No post of that number has a standing.");
            foreach (var reason in (string[])[StandingEndReason.Idle, StandingEndReason.MailboxConflict])
                if (await session.Get<StandingEnds>().ResumeAsync(standing, reason, ct))
                {
                    // From here the idle days count anew.
                    await session.Get<StaffLists>().ConfirmAsync([standing], ct);
                    Console.WriteLine("The post is theirs again.");
                    return 0;
                }
            return await RefuseAsync("The post is not suspended for idleness or a mailbox conflict; other suspensions are lifted where they were made.");
        });
        return command;
    }

    private static Command Reconcile(Option<FileInfo?> settings)
    {
        var many = new Option<bool>("--allow-many-leavers") { Description = "More mailboxes went at once than Staff:LargestLeaverShare allows, and that is right" };
        var command = new Command("reconcile", "Compare the mail directories with the record now, without waiting for Staff:ReconcileEvery") { many };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            var (rounds, failed) = (session.Get<DirectoryRounds>(), false);
            foreach (var directory in rounds.Directories())
            {
                var verdict = await rounds.ReconcileAsync(directory, parsed.GetValue(many), ct);
                failed |= verdict is null or { IsRefused: true };
                Console.WriteLine(verdict is null ? $"{directory.Name}: could not be read; nothing was changed."
                    : verdict.IsRefused ? $"{directory.Name}: too many mailboxes went at once; nothing was changed. If that is right: --allow-many-leavers"
                    : $"{directory.Name}: {verdict.Mailboxes} mailbox(es), {verdict.Closed} door(s) closed, {verdict.Returned} back.");
            }
            return failed ? 1 : 0;
        });
        return command;
    }

    private static Task<int> TellAsync(StaffImportOutcome outcome) => outcome switch
    {
        StaffImportOutcome.Applied { Plan: var plan } => TellAsync(plan, "Done.", isDone: true),
        StaffImportOutcome.Refused { Plan: var plan, Why: StaffImportRefusal.TooManyLeavers } => TellAsync(plan,
            $"{plan.LeaverShare} % of the people would leave, more than Staff:LargestLeaverShare. Nothing was changed. If that is right: --allow-many-leavers", isDone: false),
        _ => TellAsync(outcome.Plan, "Nothing was changed. To take the right rows all the same: --skip-errors", isDone: false),
    };

    private static async Task<int> TellAsync(StaffPlan plan, string conclusion, bool isDone)
    {
        foreach (var change in plan.Changes.Where(c => c.Kind != StaffChangeKind.Unchanged))
            Console.WriteLine($"{Word(change.Kind),-9} {(change.Line == 0 ? "" : $"line {change.Line}"),-10} {change.StaffNumber}  {change.Name}  {change.What.En}");
        foreach (var error in plan.Errors) await Console.Error.WriteLineAsync(error.ToString());
        if (!plan.LeaversFound) await Console.Error.WriteLineAsync("A wrong row hides its staff number, so nobody leaves because they are missing.");
        Console.WriteLine(string.Join(", ", Enum.GetValues<StaffChangeKind>().Select(kind => $"{Word(kind)} {plan.Count(kind)}")) + $", errors {plan.Errors.Count}");
        Console.WriteLine(conclusion);
        return isDone ? 0 : 1;
    }

    private static string Word(StaffChangeKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);

    private static int Write(IReadOnlyList<StaffListing> listings, string what)
    {
        foreach (var listing in listings)
            Console.WriteLine($"{listing.StaffNumber}  {listing.UnitCode}  {listing.Name}  {listing.Position}  {(listing.LastUsedAt is { } used ? $"last sign-in {VietnamDay.Of(used):yyyy-MM-dd}" : $"never signed in, here since {VietnamDay.Of(listing.Since):yyyy-MM-dd}")}");
        Console.WriteLine($"{listings.Count} {what}.");
        return 0;
    }

    private static Option<string> Checked(Option<string> source)
    {
        source.Validators.Add(result =>
        {
            if (!StaffImport.IsSource(result.GetRequiredValue(source))) result.AddError("--source must be hr, or hr- and lower-case letters, digits and hyphens.");
        });
        return source;
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
