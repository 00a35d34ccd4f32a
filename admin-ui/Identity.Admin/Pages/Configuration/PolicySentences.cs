using System.Globalization;
using System.Text.Json;

namespace Identity.Admin.Pages.Configuration;

/// <summary>A policy as sentences, one for each thing that it decides. What it leaves open is not told: it stands in the settings of the nodes.</summary>
public static class PolicySentences
{
    private const double DaysOfYear = 365.25;

    public static IReadOnlyList<SummaryLine> Of(string document) => Of(JsonElement.Parse(document));

    public static IReadOnlyList<SummaryLine> Of(JsonElement policy) => [.. policy.EnumerateObject().Where(member => member.Name != "name").Select(Of)];

    /// <summary>How long the trail is kept, where the province has decided it.</summary>
    public static SummaryLine OfTrail(TimeSpan kept) => OfDays("audit_days", (int)kept.TotalDays);

    private static SummaryLine Of(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new($"cfg.policy.{member.Name}.{(member.Value.GetBoolean() ? "on" : "off")}", []),
        JsonValueKind.Array => new($"cfg.policy.{member.Name}", [("value", string.Join(", ", member.Value.EnumerateArray().Select(entry => entry.ToString())))]),
        _ when member.Name.EndsWith("_days", StringComparison.Ordinal) && member.Name != "working_days" => OfDays(member.Name, member.Value.GetInt32()),
        _ => new($"cfg.policy.{member.Name}", [("value", member.Value.ToString())]),
    };

    /// <summary>"10 years" rather than "3,653 days", where it is that.</summary>
    private static SummaryLine OfDays(string member, int days)
    {
        var years = (int)Math.Round(days / DaysOfYear);
        var isWhole = years > 0 && Math.Abs(days - years * DaysOfYear) < 1;
        return new($"cfg.policy.{member}{(isWhole ? ".years" : "")}", [("value", (isWhole ? years : days).ToString(CultureInfo.InvariantCulture))]);
    }
}
