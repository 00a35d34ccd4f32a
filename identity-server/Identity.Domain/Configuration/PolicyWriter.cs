using System.Globalization;
using System.Text.Json;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>Only what was decided: a member that was left out stays out.</summary>
internal static class PolicyWriter
{
    public static void Write(Utf8JsonWriter json, Policy policy)
    {
        json.WriteString("name", WireNames.PolicyNames.Of(policy.Name));
        switch (policy)
        {
            case SessionPolicy sessions:
                json.WriteNumber("idle_minutes", sessions.Idle?.TotalMinutes);
                json.WriteNumber("absolute_minutes", sessions.Absolute?.TotalMinutes);
                json.WriteNumber("shared_idle_minutes", sessions.SharedIdle?.TotalMinutes);
                json.WriteNumber("administration_idle_minutes", sessions.AdministrationIdle?.TotalMinutes);
                json.WriteNumber("recognised_browser_days", sessions.RecognisedBrowser?.TotalDays);
                break;
            case SignInPolicy signIn:
                json.WriteFlag("mailed_codes", signIn.MailedCodes);
                json.WriteNumber("fresh_proof_minutes", signIn.FreshProof?.TotalMinutes);
                break;
            case ReviewPolicy review:
                json.WriteNumber("working_days", review.WorkingDays);
                json.WriteTexts("holidays", (review.Holidays ?? []).Select(day => day.ToString(PolicyReader.DayForm, CultureInfo.InvariantCulture)));
                json.WriteNumber("invitation_days", review.Invitation?.TotalDays);
                break;
            case RetentionPolicy kept:
                json.WriteNumber("audit_days", kept.Audit?.TotalDays);
                json.WriteNumber("failure_days", kept.Failures?.TotalDays);
                json.WriteNumber("history_days", kept.History?.TotalDays);
                json.WriteNumber("mail_days", kept.Mail?.TotalDays);
                json.WriteNumber("statistics_days", kept.Statistics?.TotalDays);
                break;
            case ReminderPolicy { ExpiryDays: { } days }:
                json.WriteStartArray("expiry_days");
                foreach (var day in days) json.WriteNumberValue(day);
                json.WriteEndArray();
                break;
        }
    }

    private static void WriteNumber(this Utf8JsonWriter json, string member, double? number)
    {
        if (number is { } whole) json.WriteNumber(member, (int)whole);
    }

    private static void WriteFlag(this Utf8JsonWriter json, string member, bool? flag)
    {
        if (flag is { } value) json.WriteBoolean(member, value);
    }
}
