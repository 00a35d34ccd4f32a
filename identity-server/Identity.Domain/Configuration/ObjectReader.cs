using System.Globalization;
using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>
/// Reads one JSON object member by member. A member that is wrong adds an error and yields a stand-in, so that reading goes on and
/// finds the other errors; members that nobody asked for are errors of their own.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];

    private ObjectReader(JsonElement element, string path, ErrorList errors)
    {
        (Path, Errors) = (path, errors);
        foreach (var member in element.EnumerateObject()) members.TryAdd(member.Name, member.Value);
    }

    public string Path { get; }
    public ErrorList Errors { get; }

    public static ObjectReader? Open(JsonElement element, string path, ErrorList errors)
    {
        if (element.ValueKind == JsonValueKind.Object) return new ObjectReader(element, path, errors);
        errors.AddUnreadable(path, ReadingFaults.MustBeObject);
        return null;
    }

    public string PathOf(string member) => JsonSoundness.Join(Path, member);

    public void Refuse(string member, LocalizedText message) => Errors.AddUnreadable(PathOf(member), message);

    /// <summary>For a rule about a value that was read already.</summary>
    public void Rule(bool holds, string member, LocalizedText message)
    {
        if (!holds) Errors.AddBrokenRule(PathOf(member), message);
    }

    public bool IsReadable(string member) => Errors.IsReadable(PathOf(member));

    public bool Has(string member) => members.ContainsKey(member);

    public string? Text(string member, Func<string, LocalizedText?> problemOf)
    {
        if (Take(member, JsonValueKind.String, ReadingFaults.MustBeText) is not { } element) return null;
        var text = element.GetString()!;
        if (problemOf(text) is not { } problem) return text;
        Refuse(member, problem);
        return null;
    }

    public string RequiredText(string member, Func<string, LocalizedText?> problemOf) => Require(member) ? Text(member, problemOf) ?? "" : "";

    public bool Flag(string member, bool otherwise)
    {
        asked.Add(member);
        if (!members.TryGetValue(member, out var element)) return otherwise;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Refuse(member, ReadingFaults.MustBeTrueOrFalse);
        return otherwise;
    }

    public int Number(string member, int least, int most, int otherwise)
    {
        if (Take(member, JsonValueKind.Number, ReadingFaults.MustBeWholeNumber(least, most)) is not { } element) return otherwise;
        if (element.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Refuse(member, ReadingFaults.MustBeWholeNumber(least, most));
        return otherwise;
    }

    public TimeSpan Seconds(string member, ClientLimits.Bounds bounds) => TimeSpan.FromSeconds(
        Number(member, (int)bounds.Least.TotalSeconds, (int)bounds.Most.TotalSeconds, (int)bounds.Default.TotalSeconds));

    public TimeSpan? OptionalSeconds(string member, ClientLimits.Bounds bounds)
    {
        var seconds = Seconds(member, bounds);
        return Has(member) ? seconds : null;
    }

    public DateTimeOffset? Moment(string member)
    {
        if (Take(member, JsonValueKind.String, ReadingFaults.MustBeMoment) is not { } element) return null;
        if (DateTimeOffset.TryParseExact(element.GetString(), ConfigurationWriter.MomentFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)) return moment;
        Refuse(member, ReadingFaults.MustBeMoment);
        return null;
    }

    /// <summary>The moment at which the day that is written here is over.</summary>
    public DateTimeOffset? DayEnd(string member) =>
        Text(member, CalendarDay.Problem) is { } day ? CalendarDay.EndOf(day) : null;

    public T Choice<T>(string member, WireNames<T> names, T otherwise) where T : struct, Enum
    {
        if (Take(member, JsonValueKind.String, OneOf(names, LocalizedText.Empty)) is not { } element) return otherwise;
        if (names.TryFind(element.GetString()!, out var value)) return value.Value;
        Refuse(member, OneOf(names, Suggestion.For(element.GetString()!, names.All)));
        return otherwise;
    }

    public T RequiredChoice<T>(string member, WireNames<T> names) where T : struct, Enum =>
        Require(member) ? Choice(member, names, default) : default;

    public LocalizedText? Localized(string member, int most) => Object(member, texts => new LocalizedText(
        texts.RequiredText("vi", t => NameRules.Display(t, most)), texts.RequiredText("en", t => NameRules.Display(t, most))));

    public LocalizedText RequiredLocalized(string member, int most) =>
        Require(member) ? Localized(member, most) ?? LocalizedText.Empty : LocalizedText.Empty;

    /// <summary>A member whose inside belongs to somebody else (settings of a connector, a key set).</summary>
    public JsonElement? Raw(string member) => Take(member, JsonValueKind.Object, ReadingFaults.MustBeObject)?.Clone();

    public T? Object<T>(string member, Func<ObjectReader, T> read) where T : class =>
        Take(member, JsonValueKind.Object, ReadingFaults.MustBeObject) is { } element ? ReadWhole(element, PathOf(member), read) : null;

    public bool Require(string member)
    {
        if (Has(member)) return true;
        asked.Add(member);
        Refuse(member, ReadingFaults.IsMissing);
        return false;
    }

    public void RefuseUnknown()
    {
        foreach (var name in members.Keys.Except(asked))
            Errors.AddUnreadable(PathOf(name), ReadingFaults.IsUnknownMember(Suggestion.For(name, asked)));
    }

    private T? ReadWhole<T>(JsonElement element, string path, Func<ObjectReader, T> read) where T : class
    {
        if (Open(element, path, Errors) is not { } inner) return null;
        var item = read(inner);
        inner.RefuseUnknown();
        return item;
    }

    private JsonElement? Take(string member, JsonValueKind kind, LocalizedText expectation)
    {
        asked.Add(member);
        if (!members.TryGetValue(member, out var element)) return null;
        if (element.ValueKind == kind) return element;
        Refuse(member, element.ValueKind == JsonValueKind.Null ? ReadingFaults.IsNull : expectation);
        return null;
    }

    private static LocalizedText OneOf<T>(WireNames<T> names, LocalizedText meant) where T : struct, Enum => ReadingFaults.MustBeOneOf(string.Join(" | ", names.All), meant);
}
