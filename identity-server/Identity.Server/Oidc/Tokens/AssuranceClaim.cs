using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Organisations;

namespace Identity.Server.Oidc.Tokens;

/// <summary>
/// The four axes in one claim, for applications that decide by more than <c>acr</c>: <c>{"proofing","authenticator","auth_time",
/// "representation"}</c>. It says how well something is known and nothing about the person, so no page asks before it is released.
/// </summary>
internal static class AssuranceClaim
{
    /// <summary>Name of the claim and of the scope that asks for it everywhere.</summary>
    public const string Name = Scope.Assurance;

    public static void WriteTo(Utf8JsonWriter json, Grant grant, RepresentationStrength representation)
    {
        json.WriteStartObject(Name);
        json.WriteString("proofing", WireNames.ProofingLevels.Of(grant.Proofing));
        json.WriteString("authenticator", grant.Acr);
        json.WriteNumber("auth_time", grant.AuthenticatedAt.ToUnixTimeSeconds());
        json.WriteString("representation", WireNames.RepresentationStrengths.Of(representation));
        json.WriteEndObject();
    }

    public static string Json(Grant grant, RepresentationStrength representation)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteTo(json, grant, representation);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.GetProperty(Name).GetRawText();
    }
}
