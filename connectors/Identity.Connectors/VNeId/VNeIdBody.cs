using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.VNeId;

/// <summary>The JSON object of an answer, taken out of its envelope <c>{"data":"…","key":"…"}</c> where the settings say that it has one.</summary>
internal sealed class VNeIdBody(VNeIdConnectorSettings settings, VNeIdCipher? cipher)
{
    public Checked<JsonObjectReader> Read(UpstreamReply reply, VNeIdPart part)
    {
        if (!reply.ReadObject().Passed(out var body, out var failed)) return failed;
        if (cipher is null || !settings.Encrypted.Contains(part)) return body;
        // A plain body in the place of an encrypted one is not accepted: it could be anybody's.
        return cipher.Open(body.Text(settings.DataMember), body.Text(settings.KeyMember)) is { } opened && StrictJson.TryReadObject(opened, out var json)
            ? new JsonObjectReader(json)
            : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{reply.Endpoint} did not answer with an object encrypted for us");
    }

    /// <summary>Of a refusal, which may or may not be in an envelope.</summary>
    public string? ErrorOf(UpstreamReply reply, VNeIdPart part) =>
        Read(reply, part).Passed(out var body, out _) || reply.ReadObject().Passed(out body, out _) ? body.Text("error") : null;
}
