using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Identity.Admin.Api;

/// <summary>The version of an item as an entity tag (RFC 9110 §8.8.3), strong: the same number is the same document, byte for byte.</summary>
public static class EntityVersion
{
    public static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>For what has no number: since when it is so.</summary>
    public static string TagOf(DateTimeOffset since) => string.Create(CultureInfo.InvariantCulture, $"\"t{since.UtcTicks}\"");

    /// <summary>For what is known by a digest alone.</summary>
    public static string TagOf(string mark) => $"\"d{mark}\"";

    /// <summary>The same as <see cref="Of"/> for such a tag; the door has seen that there is one.</summary>
    public static string? MarkOf(HttpRequest request) =>
        EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) && tags is [{ IsWeak: false } tag] && tag.Tag.AsSpan().Trim('"') is ['d', .. var mark] ? mark.ToString() : null;

    /// <summary>The same as <see cref="Of"/> for such a tag; the door has seen that there is one.</summary>
    public static DateTimeOffset MomentOf(HttpRequest request) =>
        EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) && tags is [{ IsWeak: false } tag] && tag.Tag.AsSpan().Trim('"') is ['t', .. var digits]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : DateTimeOffset.MinValue;

    /// <summary>
    /// What the change was made from; 0 for creation. Null when the request does not say, or says "any": a change that fits
    /// whatever stands there is the lost update that the header exists against. A tag that is none of ours is a version that never was.
    /// </summary>
    public static int? Of(HttpRequest request, bool mayCreate)
    {
        if (request.Headers.IfMatch.Count == 0 && mayCreate && request.Headers.IfNoneMatch is ["*"]) return 0;
        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) || tags is not [var tag] || tag.Equals(EntityTagHeaderValue.Any)) return null;
        return !tag.IsWeak && tag.Tag.AsSpan().Trim('"') is ['v', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : -1;
    }
}
