using System.Collections.Immutable;
using System.Text.Json;
using Identity.Domain.Organisations;

namespace Identity.Domain.Delegation;

/// <summary>
/// What one person may hand on to another (identity-model rule 10). Asked when a mandate is given and again at every use: a row that
/// was made some other way gives nothing that the rules would not have allowed.
/// </summary>
public static class MandateRules
{
    /// <summary>Further steps that the first mandate of a chain may allow.</summary>
    public const int MaximumFurtherSteps = 3;

    public const int MaximumParameters = 20;

    public static readonly TimeSpan MaximumDuration = TimeSpan.FromDays(5 * 366);

    /// <summary>A mandate of a person is proved by the person's own word; of a business, by a registered officer's. Neither stands in a register.</summary>
    private const RepresentationStrength StrongestByMandate = RepresentationStrength.ConfirmedByAdministrator;

    /// <summary>Null when the mandate is sound in itself.</summary>
    public static MandateFault? Check(Mandate mandate)
    {
        if (Parties(mandate) != 1) return MandateFault.Party;
        if (mandate.GranteeId == mandate.GrantorId || mandate.GranteeId == mandate.RepresentedPersonId) return MandateFault.ToOneself;
        if (mandate.ValidFrom >= mandate.ValidTo || mandate.ValidTo - mandate.ValidFrom > MaximumDuration) return MandateFault.Duration;
        if (mandate.FurtherSteps is < 0 or > MaximumFurtherSteps) return MandateFault.Steps;
        if (mandate.Strength > StrongestByMandate) return MandateFault.Strength;
        return ReadParameters(mandate.Parameters) is null ? MandateFault.Parameters : null;
    }

    /// <summary>The first step of a chain: given for oneself, or by a registered officer of the business.</summary>
    public static MandateFault? CheckRoot(Mandate root, Affiliation? standing)
    {
        if (root.ParentId is not null) return MandateFault.Parent;
        if (root.RepresentedPersonId is { } person) return root.GrantorAffiliationId is null && person == root.GrantorId ? null : MandateFault.NotHeld;
        if (standing is null || standing.Id != root.GrantorAffiliationId || standing.PersonId != root.GrantorId) return MandateFault.NotHeld;
        if (standing.OrganisationId != root.OrganisationId || standing.OrgUnitId != root.OrgUnitId || !MayGive(standing)) return MandateFault.NotHeld;
        return root.Strength > StrengthFrom(standing.Strength) ? MandateFault.Strength : null;
    }

    /// <summary>A further step: narrower than the one above in every respect, and by one step shorter.</summary>
    public static MandateFault? CheckStep(Mandate parent, Mandate child)
    {
        if (child.ParentId != parent.Id || child.GrantorId != parent.GranteeId || child.GrantorAffiliationId is not null) return MandateFault.Parent;
        if ((child.RepresentedPersonId, child.OrganisationId, child.OrgUnitId) != (parent.RepresentedPersonId, parent.OrganisationId, parent.OrgUnitId)) return MandateFault.Party;
        if (child.FurtherSteps >= parent.FurtherSteps) return MandateFault.Steps;
        if (child.ValidFrom < parent.ValidFrom || child.ValidTo > parent.ValidTo) return MandateFault.Duration;
        if (parent.Services is not null && (child.Services is null || Words(child.Services).Except(Words(parent.Services)).Any())) return MandateFault.Services;
        if (Words(child.Roles).Except(Words(parent.Roles)).Any()) return MandateFault.Roles;
        if (child.Strength > parent.Strength) return MandateFault.Strength;
        return HoldsAll(child.Parameters, parent.Parameters) ? null : MandateFault.Parameters;
    }

    /// <summary>Nobody stands twice in a chain: who gave the right away cannot get it back as somebody's helper.</summary>
    public static bool IsWithoutRepetition(IReadOnlyList<Mandate> chain)
    {
        var people = chain.Select(m => m.GranteeId).Append(chain[^1].GrantorId).ToList();
        return people.Distinct().Count() == people.Count;
    }

    /// <summary>Only who is entered as an officer can bind a business to somebody else; a state unit's powers are handed out by its personnel records.</summary>
    public static bool MayGive(Affiliation standing) =>
        standing is { OrganisationId: not null, Kind: AffiliationKind.LegalRepresentative or AffiliationKind.Owner, Strength: RepresentationStrength.RegisteredOfficer };

    public static RepresentationStrength StrengthFrom(RepresentationStrength grantor) => grantor < StrongestByMandate ? grantor : StrongestByMandate;

    /// <summary>Null when it is no JSON object of texts.</summary>
    public static IReadOnlyDictionary<string, string>? ReadParameters(string? json)
    {
        if (json is null) return ImmutableDictionary<string, string>.Empty;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json) is { Count: <= MaximumParameters } limits && !limits.ContainsValue(null!) ? limits : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static int Parties(Mandate mandate) =>
        (mandate.RepresentedPersonId is null ? 0 : 1) + (mandate.OrganisationId is null ? 0 : 1) + (mandate.OrgUnitId is null ? 0 : 1);

    /// <summary>Every limit of the step above stands unchanged in this one; it may add its own.</summary>
    private static bool HoldsAll(string? child, string? parent)
    {
        if (ReadParameters(parent) is not { } above || ReadParameters(child) is not { } own) return false;
        return above.All(limit => own.TryGetValue(limit.Key, out var value) && value == limit.Value);
    }
}

public enum MandateFault
{
    /// <summary>Not exactly one represented party, or another one than the step above.</summary>
    Party,
    ToOneself,
    Duration,
    Steps,
    Services,
    Roles,
    Parameters,
    Strength,
    Parent,

    /// <summary>The grantor does not have what is given.</summary>
    NotHeld,

    /// <summary>The grantee stands in the chain already.</summary>
    Repetition,

    /// <summary>Something above has ended, is suspended, or was never accepted.</summary>
    NotLive,
}
