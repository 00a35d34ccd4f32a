using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>Reads policies. The bounds stand here: what lies outside would be no decision but a mistake.</summary>
internal static class PolicyReader
{
    public const string DayForm = "yyyy-MM-dd";

    public static Policy Read(ObjectReader json)
    {
        var name = json.RequiredChoice("name", WireNames.PolicyNames);
        if (json.IsReadable("name")) return ReadAs(name, json);
        // Without a name that is known, members of any policy are no mistakes of their own.
        return Enum.GetValues<PolicyName>().Select(n => ReadAs(n, json)).ToList()[0];
    }

    private static Policy ReadAs(PolicyName name, ObjectReader json) => name switch
    {
        PolicyName.Sessions => ReadSessions(json),
        PolicyName.SignIn => new SignInPolicy
        {
            MailedCodes = Flag(json, "mailed_codes"),
            FreshProof = Minutes(json, "fresh_proof_minutes", 1, 60),
        },
        PolicyName.Review => new ReviewPolicy
        {
            WorkingDays = Number(json, "working_days", 1, 30),
            Holidays = json.Texts("holidays", CalendarDay.Problem) is { Count: > 0 } days && json.IsReadable("holidays") ? [.. days.Select(d => DateOnly.ParseExact(d, DayForm, CultureInfo.InvariantCulture))] : null,
            Invitation = Days(json, "invitation_days", 1, 30),
        },
        PolicyName.Retention => new RetentionPolicy
        {
            Audit = Days(json, "audit_days", (int)AuditOptions.ShortestRetention.TotalDays, 36_525),
            Failures = Days(json, "failure_days", 1, 400),
            History = Days(json, "history_days", 7, 400),
            Mail = Days(json, "mail_days", 7, 400),
            Statistics = Days(json, "statistics_days", 31, 3_660),
        },
        PolicyName.Reminders => new ReminderPolicy { ExpiryDays = json.Numbers("expiry_days", 1, 90) is { Count: > 0 } days ? days : null },
        _ => throw new InvalidOperationException("A policy is one of those that are known."),
    };

    private static SessionPolicy ReadSessions(ObjectReader json)
    {
        var sessions = new SessionPolicy
        {
            Idle = Minutes(json, "idle_minutes", 1, 1_440),
            Absolute = Minutes(json, "absolute_minutes", 5, 1_440),
            SharedIdle = Minutes(json, "shared_idle_minutes", 1, 60),
            AdministrationIdle = Minutes(json, "administration_idle_minutes", 5, 720),
            RecognisedBrowser = Days(json, "recognised_browser_days", 30, 400),
        };
        json.Rule(!(sessions.Idle > sessions.Absolute), "idle_minutes", PolicyFaults.OutlivesTheSignIn);
        return sessions;
    }

    private static TimeSpan? Minutes(ObjectReader json, string member, int least, int most) => Number(json, member, least, most) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    private static TimeSpan? Days(ObjectReader json, string member, int least, int most) => Number(json, member, least, most) is { } days ? TimeSpan.FromDays(days) : null;

    private static int? Number(ObjectReader json, string member, int least, int most)
    {
        var number = json.Number(member, least, most, least);
        return json.Has(member) && json.IsReadable(member) ? number : null;
    }

    private static bool? Flag(ObjectReader json, string member)
    {
        var flag = json.Flag(member, false);
        return json.Has(member) ? flag : null;
    }
}
