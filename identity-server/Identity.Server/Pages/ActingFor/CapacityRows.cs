using Identity.Domain.Delegation;
using Identity.Domain.People;
using Identity.Protocols.Federation;
using Identity.Server.Account;

namespace Identity.Server.Pages.ActingFor;

/// <summary>Capacities in the words of the page's language.</summary>
public sealed class CapacityRows(PersonDirectory people, AccountNames names, PageLanguage language)
{
    public async Task<CapacityRow> OfAsync(Capacity capacity, CapacityRefusal? why, CancellationToken ct)
    {
        if (!capacity.IsSelf) return Of(capacity, why);
        var attributes = await people.AttributesAsync(capacity.Party.Id, ct);
        return Of(capacity, why) with
        {
            Name = attributes.GetValueOrDefault(AttributeNames.Name, ""),
            Code = attributes.TryGetValue(AttributeNames.PersonalNumber, out var number) ? new MaskedNumber(number).Masked : null,
        };
    }

    public async Task<IReadOnlyList<CapacityRow>> OfAsync(CapacitySituation situation, CancellationToken ct)
    {
        var rows = new List<CapacityRow>();
        foreach (var capacity in situation.Usable) rows.Add(await OfAsync(capacity, null, ct));
        foreach (var (capacity, why) in situation.Unusable) rows.Add(await OfAsync(capacity, why, ct));
        return rows;
    }

    public static bool Holds(CapacityRow row, string search) => LooseName.Holds(row.Name, search) || LooseName.Holds(row.Code ?? "", search);

    private CapacityRow Of(Capacity capacity, CapacityRefusal? why) => new(capacity.Id, capacity.Kind, capacity.Party.Kind, NameOf(capacity.Party))
    {
        Code = capacity.Party.Code,
        Standing = capacity.Standing,
        Position = capacity.Position,
        Services = [.. (capacity.Services ?? []).Select(names.App)],
        Until = capacity.ValidUntil,
        IsReadOnly = capacity.IsReadOnly,
        Why = why,
    };

    private string NameOf(Party party) => language.Current == "en" && party.ForeignName is { Length: > 0 } foreign ? foreign : party.Name;
}
