using System.CommandLine;
using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Commands;

internal static class KeysCommands
{
    /// <summary>Longer than relying parties may keep our keys without asking again.</summary>
    private static readonly TimeSpan DefaultAnnouncement = TimeSpan.FromHours(1);

    public static Command Make(Option<FileInfo?> settings) => new("keys", "Keys that sign tokens; they also rotate by themselves") { List(settings), Rotate(settings) };

    private static Command List(Option<FileInfo?> settings)
    {
        var command = new Command("list", "Every key that is published or was");
        command.SetAction(settings, async (_, session, ct) =>
        {
            var now = session.Get<TimeProvider>().GetUtcNow();
            var rows = await session.Get<IdentityDb>().SigningKeys.AsNoTracking().OrderBy(k => k.Algorithm).ThenByDescending(k => k.ActivatesAt).ToListAsync(ct);
            Console.WriteLine($"{"algorithm",-10}{"state",-11}{"signs from",-21}{"until",-21}key id");
            foreach (var key in rows)
                Console.WriteLine($"{key.Algorithm,-10}{State(key, now),-11}{Moment(key.ActivatesAt),-21}{Moment(key.RetiresAt),-21}{key.KeyId}");
            return 0;
        });
        return command;
    }

    private static Command Rotate(Option<FileInfo?> settings)
    {
        var algorithm = new Option<string?>("--algorithm") { Description = "Only this one; otherwise all" };
        algorithm.AcceptOnlyFromAmong([.. SigningKeyRing.Algorithms]);
        var after = new Option<TimeSpan>("--after")
        {
            Description = "Publish the new key now and sign with it after this time, so that applications have seen it",
            HelpName = "hh:mm:ss",
            DefaultValueFactory = _ => DefaultAnnouncement,
        };
        after.Validators.Add(result =>
        {
            if (result.GetValue(after) < TimeSpan.Zero) result.AddError("--after must not be negative.");
        });
        var emergency = new Option<bool>("--emergency")
        {
            Description = "A private key is known to a stranger: withdraw every key at once. Tokens signed so far stop being accepted",
        };
        var command = new Command("rotate", "Announce a new key") { algorithm, after, emergency };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            IReadOnlyList<string> algorithms = parsed.GetValue(algorithm) is { } one ? [one] : SigningKeyRing.Algorithms;
            // A database that has never seen a running node has no key yet that could sign in the meantime.
            await session.Get<SigningKeyRing>().MaintainAsync(session.Get<IdentityDb>(), session.Get<AuditTrail>(), ct);
            foreach (var name in algorithms) Console.WriteLine(await RotateAsync(session, name, parsed.GetValue(emergency) ? null : parsed.GetValue(after), ct));
            return 0;
        });
        return command;
    }

    private static async Task<string> RotateAsync(OperatorSession session, string algorithm, TimeSpan? after, CancellationToken ct)
    {
        var (ring, db, audit) = (session.Get<SigningKeyRing>(), session.Get<IdentityDb>(), session.Get<AuditTrail>());
        return after is { } wait
            ? $"{algorithm}: {await ring.RotateAsync(db, audit, algorithm, wait, ct)} is published and signs from {Moment(session.Get<TimeProvider>().GetUtcNow() + wait)}"
            : $"{algorithm}: {await ring.ReplaceAsync(db, audit, algorithm, ct)} signs from now; all earlier keys are withdrawn";
    }

    private static string State(SigningKey key, DateTimeOffset now) =>
        key.RemovedAt is not null ? "removed"
        : key.ActivatesAt > now ? "announced"
        : key.RetiresAt <= now ? "verifies"
        : "signs";

    private static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "-";
}
