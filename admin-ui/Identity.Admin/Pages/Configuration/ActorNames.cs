using Identity.Domain.People;

namespace Identity.Admin.Pages.Configuration;

/// <summary>Who stands behind the names that the history knows actors by: colleagues by their own name, everything else as it is.</summary>
public sealed class ActorNames(PersonDirectory directory)
{
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> actors, CancellationToken ct)
    {
        var known = actors.OfType<string>().Distinct(StringComparer.Ordinal).ToDictionary(actor => actor, PersonOf, StringComparer.Ordinal);
        var people = known.Values.OfType<Guid>().ToList();
        var names = people.Count == 0 ? new Dictionary<Guid, string>() : await directory.NamesAsync(people, ct);
        return known.ToDictionary(k => k.Key, k => k.Value is { } person && names.TryGetValue(person, out var name) ? name : k.Key, StringComparer.Ordinal);
    }

    private static Guid? PersonOf(string actor) => actor.Split(':') is ["admin", var id] && Guid.TryParse(id, out var person) ? person : null;
}
