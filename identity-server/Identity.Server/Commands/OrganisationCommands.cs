using System.CommandLine;
using System.Globalization;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Server.Startup;

namespace Identity.Server.Commands;

/// <summary>The tree of state agencies as one file. It is taken whole or not at all.</summary>
internal static class OrganisationCommands
{
    public static Command Make(Option<FileInfo?> settings) => new("organisations", "State agencies and their units over time") { Import(settings), Show(settings) };

    private static Command Import(Option<FileInfo?> settings)
    {
        var file = new Argument<FileInfo>("file") { Description = "JSON file with units; what it does not name stays as it is" }.AcceptExistingOnly();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing" };
        var command = new Command("import", "Create, rename, move, merge and end units as the file says, or change nothing and list every error") { file, dryRun };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var json = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, ct);
            // A unit that ends without a successor ends standings, and applications are told.
            await session.Get<NodeSnapshot>().RefreshAsync(ct);
            var import = session.Get<OrgTreeImport>();
            var outcome = parsed.GetValue(dryRun) ? await import.PreviewAsync(json, ct) : await import.ApplyAsync(json, ct);
            return await TellAsync(outcome, parsed.GetValue(dryRun));
        });
        return command;
    }

    private static Command Show(Option<FileInfo?> settings)
    {
        var code = new Argument<string>("code") { Description = "Code of today or of before, like H99.07.12" };
        var at = new Option<string?>("--at") { Description = "As it was on that day", HelpName = "yyyy-mm-dd" };
        at.Validators.Add(result =>
        {
            if (result.GetValue(at) is { } text && VietnamDay.Parse(text) is null) result.AddError("--at must be a day like 2025-07-01.");
        });
        var command = new Command("show", "Who has, or had, this code, and where it stands in the tree") { code, at };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var moment = parsed.GetValue(at) is { } day ? VietnamDay.BeginOf(VietnamDay.Parse(day)!.Value) : DateTimeOffset.UtcNow;
            var asked = AgencyCode.Parse(parsed.GetRequiredValue(code)) is Parsed<AgencyCode, AgencyCodeError>.Valid(var known) ? known.Value : parsed.GetRequiredValue(code);
            var tree = await OrgTree.LoadAsync(session.Get<IdentityDb>(), ct);
            if (tree.Find(asked, moment) is not { } unit)
            {
                await Console.Error.WriteLineAsync($"No unit has the code {asked} then, and none that had it has a successor.");
                return 1;
            }
            foreach (var step in tree.Path(unit.Id, moment)) Console.WriteLine($"{step.Code}  {step.NameVi}  ({step.Level.ToString().ToLower(CultureInfo.InvariantCulture)})");
            return 0;
        });
        return command;
    }

    private static async Task<int> TellAsync(OrgTreeOutcome outcome, bool dryRun)
    {
        if (outcome is OrgTreeOutcome.Refused { Errors: var errors })
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error.ToString());
            await Console.Error.WriteLineAsync($"{errors.Count} error(s). Nothing was changed.");
            return 1;
        }
        var plan = ((OrgTreeOutcome.Accepted)outcome).Plan;
        foreach (var change in plan.Changes) Console.WriteLine($"{change.Kind.ToString().ToLower(CultureInfo.InvariantCulture),-8} {change.Code}  {change.What}");
        Console.WriteLine($"{(dryRun ? "Would change" : "Changed")}: {plan.Changes.Count}. Unchanged: {plan.Unchanged}.");
        return 0;
    }
}
