using System.CommandLine;
using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Storage;

namespace Identity.Server.Commands;

/// <summary>Proof that the audit trail is whole; docs/audit.md says what it proves and what it cannot.</summary>
internal static class AuditCommands
{
    public static Command Make(Option<FileInfo?> settings) => new("audit", "Prove, export and seal the audit trail")
    {
        Verify(settings), Export(settings), Seal(settings), RotateKey(settings),
    };

    private static Command Verify(Option<FileInfo?> settings)
    {
        var from = new Option<long>("--from") { Description = "Begin with this block; those before it are taken as proved", HelpName = "block", DefaultValueFactory = _ => 1 };
        var key = new Option<string[]>("--key") { Description = "Accept signatures of this key only; repeat it for keys before a rotation", HelpName = "fingerprint" };
        var manifest = new Option<FileInfo>("--manifest") { Description = "Manifest of an earlier export: its last block must still be there", HelpName = "file" };
        var export = new Option<DirectoryInfo>("--export") { Description = "Verify this exported folder; no database is needed", HelpName = "folder" };
        manifest.AcceptExistingOnly();
        export.AcceptExistingOnly();
        var command = new Command("verify", "Check every row and every block, and name the first that is wrong") { from, key, manifest, export };
        command.SetAction(async (parsed, ct) =>
        {
            var pinned = parsed.GetValue(key) ?? [];
            if (parsed.GetValue(export) is { } folder) return await VerifyExportAsync(folder, pinned, ct);
            var known = parsed.GetValue(manifest) is { } file ? (await AuditManifest.ReadAsync(file.FullName, ct)).Head : null;
            await using var session = await OperatorSession.OpenPreparedAsync(parsed.GetValue(settings), ct);
            var evidence = await DatabaseEvidence.OpenAsync(session.Get<IdentityDb>(), session.Get<AuditSealKeys>(), parsed.GetValue(from), ct);
            return await TellAsync(await new AuditVerifier(evidence, pinned, known).VerifyAsync(ct));
        });
        return command;
    }

    private static async Task<int> VerifyExportAsync(DirectoryInfo folder, string[] pinned, CancellationToken ct)
    {
        var manifest = await AuditManifest.ReadAsync(Path.Combine(folder.FullName, AuditManifest.FileName), ct);
        var evidence = new ExportedEvidence(folder.FullName, manifest);
        return await TellAsync(await evidence.FindChangedFileAsync(ct) is { } changed
            ? new AuditReport { Fault = changed }
            : await new AuditVerifier(evidence, pinned, manifest.Head).VerifyAsync(ct));
    }

    private static async Task<int> TellAsync(AuditReport report)
    {
        Console.WriteLine($"Read {report.Blocks} block(s) with {report.Rows} row(s); {report.Unsealed} row(s) behind the last block are not sealed yet.");
        if (report.RemovedUpTo is { } removed) Console.WriteLine($"Rows up to block {removed} were removed by retention.");
        foreach (var signer in report.Keys) Console.WriteLine($"Signed by key {signer}");
        if (report.Head is { } head) Console.WriteLine($"Last block {head.Number}: {head.Hash}");
        foreach (var notice in report.Notices) Console.WriteLine($"Notice: {notice}");
        if (report.Fault is not { } fault)
        {
            Console.WriteLine("The trail is whole.");
            return 0;
        }
        await Console.Error.WriteLineAsync($"BROKEN: {fault}");
        return 1;
    }

    private static Command Export(Option<FileInfo?> settings)
    {
        var from = Day("--from", "First day");
        var to = Day("--to", "Last day, included");
        var folder = new Option<DirectoryInfo>("--out") { Description = "A folder that does not exist yet", HelpName = "folder", Required = true };
        folder.Validators.Add(result =>
        {
            if (result.GetValue(folder) is { Exists: true }) result.AddError("The folder of --out exists already.");
        });
        var command = new Command("export", "Write sealed rows of some days to a folder that proves itself") { from, to, folder };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            await SealAsync(session, ct);
            var target = parsed.GetRequiredValue(folder);
            var manifest = await session.Get<AuditExport>().WriteAsync(Start(parsed.GetValue(from)), Start(parsed.GetValue(to).AddDays(1)), target, ct);
            Console.WriteLine(manifest is null
                ? "There is no sealed row of these days."
                : $"Exported {manifest.Rows} row(s) of block {manifest.FirstBlock} to {manifest.Head.Number} to {target.FullName}.");
            return manifest is null ? 1 : 0;
        });
        return command;
    }

    private static Command Seal(Option<FileInfo?> settings)
    {
        var command = new Command("seal", "Seal now what the running nodes would seal in a few seconds");
        command.SetAction(settings, async (_, session, ct) =>
        {
            Console.WriteLine($"Sealed {await SealAsync(session, ct)} row(s).");
            return 0;
        });
        return command;
    }

    private static Command RotateKey(Option<FileInfo?> settings)
    {
        var command = new Command("rotate-key", "Sign blocks with a new key from now on; forget the private half of the old one");
        command.SetAction(settings, async (_, session, ct) =>
        {
            // What is there is still the old key's to sign.
            await SealAsync(session, ct);
            Console.WriteLine($"Blocks are signed from now on by key {await session.Get<AuditSealKeys>().RotateAsync(ct)}");
            return 0;
        });
        return command;
    }

    private static async Task<int> SealAsync(OperatorSession session, CancellationToken ct)
    {
        await session.Get<AuditSealKeys>().MaintainAsync(ct);
        return await session.Get<AuditSealer>().SealAsync(ct);
    }

    private static Option<DateOnly> Day(string name, string description) => new(name)
    {
        Description = $"{description}, in UTC",
        HelpName = "yyyy-mm-dd",
        Required = true,
        CustomParser = result =>
        {
            if (!DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) result.AddError($"{name} is a day like 2026-01-31.");
            return day;
        },
    };

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
