using System.Text.Json;

namespace Identity.Connectors;

/// <summary>What is wrong with the settings of a connector, for the administrator who saves them: a sentence that begins with the member's name, Vietnamese and English.</summary>
public sealed record SettingsFault(string Vi, string En)
{
    /// <summary>For settings that are not even of the right shape.</summary>
    public static SettingsFault Of(JsonException unread) => unread.Message.Split("missing required properties including: ") is [_, var members]
        ? SettingsFaults.IsMissing(members.TrimEnd('.').Replace("'", "", StringComparison.Ordinal))
        : unread.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? SettingsFaults.IsUnknown(MemberOf(unread)) : SettingsFaults.IsUnreadable(MemberOf(unread));

    /// <summary>In English: for operators.</summary>
    public override string ToString() => En;

    /// <summary>The parser's own sentence is left out: it may quote a value, and the value may be a secret.</summary>
    private static string MemberOf(JsonException unread) => unread.Path?.TrimStart('$', '.') is { Length: > 0 } member ? new([.. member.Take(100).Select(c => char.IsControl(c) ? '?' : c)]) : "settings";
}
