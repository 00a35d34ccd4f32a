using System.Globalization;
using Identity.Domain.Configuration;

namespace Identity.Domain.Policies;

/// <summary>
/// Which way a member of a policy is dangerous to turn: longer sign-ins, weaker proof, a trail that forgets. The other way one person may
/// turn it alone. Where a value comes or goes, the settings of the nodes stand on the other side, and nobody can see here which way that is.
/// </summary>
internal static class PolicyRisk
{
    private enum Danger
    {
        Up,
        Down,
    }

    private static readonly Dictionary<string, Danger> Table = new(StringComparer.Ordinal)
    {
        ["idle_minutes"] = Danger.Up, ["absolute_minutes"] = Danger.Up, ["shared_idle_minutes"] = Danger.Up, ["administration_idle_minutes"] = Danger.Up, ["recognised_browser_days"] = Danger.Up,
        ["mailed_codes"] = Danger.Up, ["fresh_proof_minutes"] = Danger.Up,
        ["audit_days"] = Danger.Down, ["history_days"] = Danger.Down,
    };

    public static bool IsRisky(MemberChange change) => Table.TryGetValue(change.Member, out var danger)
        && (change.Before is null || change.After is null || (danger == Danger.Up ? SizeOf(change.After) > SizeOf(change.Before) : SizeOf(change.After) < SizeOf(change.Before)));

    /// <summary>On is more than off.</summary>
    private static int SizeOf(string value) => bool.TryParse(value, out var flag) ? (flag ? 1 : 0) : int.Parse(value, CultureInfo.InvariantCulture);
}
