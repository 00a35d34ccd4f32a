using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;

namespace Identity.Server.Oidc.Tokens;

/// <summary>Whom a token speaks of: <c>sub</c> is the party acted for, <paramref name="Human"/> who acts.</summary>
public sealed record TokenSubject(string Subject, string Human, Capacity? ActingAs);

/// <summary>
/// The one rule about two parties in one answer: <b>what stands at the top speaks of <c>sub</c>; what the scopes bring about the human
/// stands inside <c>act</c> (RFC 8693 §4.1) when the human is not <c>sub</c>; what is said of the right stands in <c>capacity</c>.</b>
/// A client that takes citizens only gets neither and need not know of it.
/// </summary>
internal static class CapacityClaims
{
    /// <summary>For access tokens: enough for an API to decide, little enough to travel with every request.</summary>
    public static void WriteLean(Utf8JsonWriter json, Client client, TokenSubject about)
    {
        if (client.AcceptsOnlyCitizens) return;
        json.WriteString("subject_type", SubjectTypeOf(about.ActingAs));
        if (about.ActingAs is not { } capacity)
        {
            WriteKind(json);
            return;
        }
        json.WriteStartObject("act");
        json.WriteString("sub", about.Human);
        json.WriteEndObject();
        json.WriteStartObject("capacity");
        json.WriteString("kind", WireNames.CapacityKinds.Of(capacity.Kind));
        if (CodeNameOf(capacity.Party) is { } code)
        {
            json.WriteStartObject("organisation");
            json.WriteString(code, capacity.Party.Code);
            json.WriteEndObject();
        }
        WriteLimits(json, capacity);
        json.WriteEndObject();
    }

    /// <summary>For ID tokens and UserInfo, with the claims about the human in their place.</summary>
    public static void WriteClaims(Utf8JsonWriter json, Client client, TokenSubject about, IReadOnlyList<ReleasedClaim> claims)
    {
        if (about.ActingAs is null)
        {
            foreach (var claim in claims) claim.WriteTo(json);
        }
        else
        {
            json.WriteStartObject("act");
            json.WriteString("sub", about.Human);
            foreach (var claim in claims) claim.WriteTo(json);
            json.WriteEndObject();
        }
        if (client.AcceptsOnlyCitizens) return;
        json.WriteString("subject_type", SubjectTypeOf(about.ActingAs));
        WriteWhole(json, client, about.ActingAs, about.Subject, withPersonName: claims.Any(c => c.Name == "name"));
    }

    /// <summary>The capacity as the rows say today.</summary>
    /// <param name="withPersonName">Name a represented human, for a client that may know names.</param>
    public static void WriteWhole(Utf8JsonWriter json, Client client, Capacity? actingAs, string subject, bool withPersonName = false)
    {
        if (client.AcceptsOnlyCitizens) return;
        if (actingAs is not { } capacity)
        {
            WriteKind(json);
            return;
        }
        json.WriteStartObject("capacity");
        json.WriteString("kind", WireNames.CapacityKinds.Of(capacity.Kind));
        if (capacity.Party.Kind != PartyKind.Person) WriteOrganisation(json, capacity.Party, subject);
        else if (withPersonName) WritePerson(json, capacity.Party);
        if (capacity.Position is { } position) json.WriteString("position", position);
        WriteList(json, "roles", capacity.Roles);
        WriteLimits(json, capacity);
        if (capacity.Services is { } services) WriteList(json, "services", services);
        json.WriteString("source", capacity.Source);
        json.WriteString("strength", WireNames.RepresentationStrengths.Of(capacity.Strength));
        if (capacity.ValidUntil is { } end) json.WriteNumber("valid_until", end.ToUnixTimeSeconds());
        json.WriteEndObject();
    }

    /// <summary>The words of the national claim set (vietnam.md, item 4).</summary>
    private static string SubjectTypeOf(Capacity? capacity) => capacity?.Party.Kind switch
    {
        PartyKind.Organisation => "org_rep",
        PartyKind.OrgUnit => "official",
        _ => "citizen",
    };

    private static void WriteKind(Utf8JsonWriter json)
    {
        json.WriteStartObject("capacity");
        json.WriteString("kind", WireNames.CapacityKinds.Of(CapacityKind.Citizen));
        json.WriteEndObject();
    }

    private static void WriteOrganisation(Utf8JsonWriter json, Party party, string subject)
    {
        json.WriteStartObject("organisation");
        json.WriteString("identifier", subject);
        json.WriteString(CodeNameOf(party)!, party.Code);
        if (party.EnterpriseCode is { } enterprise) json.WriteString("enterprise_code", enterprise);
        if (party.FormerCodes.Count > 0) WriteList(json, "former_codes", party.FormerCodes);
        json.WriteString("name", party.Name);
        json.WriteEndObject();
    }

    private static void WritePerson(Utf8JsonWriter json, Party party)
    {
        json.WriteStartObject("person");
        json.WriteString("name", party.Name);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, Capacity capacity)
    {
        if (capacity.IsReadOnly) json.WriteBoolean("read_only", true);
        if (capacity.MandateId is not { } mandate) return;
        json.WriteString("mandate", mandate.ToString());
        if (capacity.Parameters.Count == 0) return;
        json.WriteStartObject("parameters");
        foreach (var (name, value) in capacity.Parameters) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string? CodeNameOf(Party party) => party.Kind switch
    {
        PartyKind.Organisation => "tax_code",
        PartyKind.OrgUnit => "agency_code",
        _ => null,
    };
}
