using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Server.Oidc.Tokens;

/// <summary>One claim with its value in the JSON type that OpenID Connect Core §5.1 gives it.</summary>
public sealed record ReleasedClaim(string Name, string Value)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        switch (Name)
        {
            case "email_verified" or "phone_number_verified":
                json.WriteBoolean(Name, Value == "true");
                break;
            case "address":
                // §5.1.1: an object; the register knows one formatted line.
                json.WriteStartObject(Name);
                json.WriteString("formatted", Value);
                json.WriteEndObject();
                break;
            case PrefillClaim.Name or AssuranceClaim.Name:
                json.WritePropertyName(Name);
                json.WriteRawValue(Value);
                break;
            default:
                json.WriteString(Name, Value);
                break;
        }
    }

    public override string ToString() => $"ReleasedClaim({Name})";
}
