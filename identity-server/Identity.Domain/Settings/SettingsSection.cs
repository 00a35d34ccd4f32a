using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Identity.Domain.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Settings;

/// <summary>
/// One section of a node's settings. The library's own binding stops at the first value that it cannot read and never sees a key that
/// it does not know; an operator who has three things to put right wants to hear of all three, and of the misspelt one by name.
/// </summary>
public sealed class SettingsSection<T>(IConfigurationSection section) : IConfigureOptions<T>, IValidateOptions<T> where T : class
{
    private static readonly Dictionary<string, PropertyInfo> Known = typeof(T).GetProperties()
        .Where(p => p.SetMethod?.IsPublic == true || typeof(IList).IsAssignableFrom(p.PropertyType) || p.PropertyType.IsGenericType)
        .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What cannot be read is left out here and reported by <see cref="Validate"/>, together with everything else.</summary>
    public void Configure(T options)
    {
        var readable = section.AsEnumerable(makePathsRelative: true).Where(s => s.Value is not null && (IsNested(s.Key) || Unreadable(s.Key, s.Value) is null));
        new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Bind(options);
    }

    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<string> problems = [.. section.GetChildren().Select(Problem).OfType<string>()];
        var silent = problems.Select(p => p.Split(": ")[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        problems.AddRange(results.SelectMany(r => r.MemberNames, (r, member) => (Key: $"{section.Path}:{member}", Text: Plain(r.ErrorMessage ?? "", member)))
            .Where(p => !silent.Contains(p.Key)).Select(p => $"{p.Key}: {p.Text}"));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string? Problem(IConfigurationSection child)
    {
        if (!Known.ContainsKey(child.Key)) return $"{section.Path}:{child.Key}: there is no such setting{Suggestion.For(child.Key, Known.Keys).En}";
        return child.Value is { } value && Unreadable(child.Key, value) is { } expected ? $"{section.Path}:{child.Key}: {expected}" : null;
    }

    /// <summary>What to write instead, or null. The value itself is not repeated: it may be a secret in the wrong place.</summary>
    private static string? Unreadable(string key, string value)
    {
        if (!Known.TryGetValue(key, out var property)) return null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string) || type.IsGenericType || value.Length == 0 && type != property.PropertyType) return null;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return null;
        }
        catch (Exception)
        {
            // The converters throw whatever the parser below them threw.
            return Expected(type);
        }
    }

    private static string Expected(Type type) =>
        type == typeof(TimeSpan) ? "write a time as hh:mm:ss, for example 00:05:00"
        : type == typeof(bool) ? "write true or false"
        : type == typeof(Uri) ? "write an address, for example http://collector.example:4318"
        : type.IsEnum ? $"write one of {string.Join(", ", Enum.GetNames(type))}"
        : "write a number";

    private static bool IsNested(string key) => key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    /// <summary>The key stands before the sentence already.</summary>
    private static string Plain(string sentence, string member) =>
        sentence.Replace($"The field {member} ", "", StringComparison.Ordinal).Replace($"The {member} field ", "", StringComparison.Ordinal).TrimEnd('.');
}
