using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Admin.Pages.Configuration;

/// <summary>Who stands behind the names that the history knows actors by: colleagues by their own name, everything else as it is.</summary>
public sealed class ActorNames(PersonDirectory people)
{
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> actors, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var actor in actors.OfType<string>().Distinct())
            names[actor] = actor.Split(':') is ["admin", var id] && Guid.TryParse(id, out var person) && (await people.AttributesAsync(person, ct)).GetValueOrDefault(AttributeNames.Name) is { } name
                ? name : actor;
        return names;
    }
}
