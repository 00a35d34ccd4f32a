using Identity.Domain.Delegation;
using Identity.Domain.Organisations;

namespace Identity.Server.Pages.ActingFor;

/// <summary>Colour, icon and words of a capacity; never the colour alone (ux.md §5, 1.4.1).</summary>
internal static class CapacityLook
{
    public static string Of(CapacityRow row) => row.Party switch
    {
        PartyKind.Organisation => "biz",
        PartyKind.OrgUnit => "gov",
        _ => "self",
    };

    /// <summary>The sentence "why you may"; null where nothing needs saying.</summary>
    public static string? WhyKey(CapacityRow row) => (row.Kind, row.Standing) switch
    {
        (CapacityKind.Helper, _) => row.Until is null ? null : row.Services.Count > 0 ? "persona.mandate" : "persona.mandate_all",
        (_, AffiliationKind.LegalRepresentative) => "persona.rep",
        (_, AffiliationKind.Owner) => "persona.owner",
        (_, AffiliationKind.Representative) => "persona.entered",
        (_, AffiliationKind.Employee) => "persona.employee",
        (_, AffiliationKind.Official) => "persona.official",
        _ => null,
    };

    public static string ReasonKey(CapacityRefusal why) => why switch
    {
        CapacityRefusal.KindNotAccepted => "persona.why_not.kind",
        CapacityRefusal.ServiceNotInMandate => "persona.why_not.service",
        CapacityRefusal.StrengthTooLow => "persona.why_not.strength",
        CapacityRefusal.Suspended => "persona.why_not.suspended",
        CapacityRefusal.Expired => "err.mandate_end",
        CapacityRefusal.NotYetValid => "persona.why_not.not_yet",
        CapacityRefusal.Ended => "persona.why_not.ended",
        CapacityRefusal.NotConfirmed => "persona.why_not.not_confirmed",
        CapacityRefusal.GrantorLost => "persona.why_not.grantor",
        CapacityRefusal.PartySuspended => "persona.why_not.party",
        _ => "persona.why_not.dissolved",
    };

    public static string IconOf(CapacityRow row) => row.Party switch
    {
        PartyKind.Organisation => "M3 18V3h9v15M12 8h5v10M6 6h3M6 10h3M6 14h3",
        PartyKind.OrgUnit => "M4 17h12M6 14h8v-3h-2V7a2 2 0 1 0-4 0v4H6z",
        _ => "M10 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 18c0-4 3-6 6-6s6 2 6 6",
    };
}
