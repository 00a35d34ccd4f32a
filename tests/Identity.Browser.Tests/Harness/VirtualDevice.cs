using System.Text.Json;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Harness;

/// <summary>Chromium's own passkey device (WebAuthn domain of the DevTools protocol): the browser and its script are the real ones.</summary>
public sealed class VirtualDevice
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualDevice(ICDPSession session, string id) => (_session, _id) = (session, id);

    public static async Task<VirtualDevice> PlugInAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["ctap2Version"] = "ctap2_1", ["transport"] = "internal", ["hasResidentKey"] = true,
                ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whether its owner is recognised from now on.</summary>
    public Task RecogniseAsync(bool recognises) =>
        _session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = _id, ["isUserVerified"] = recognises });

    public async Task<int> CountAsync() => (await KeysAsync()).GetArrayLength();

    /// <summary>What a copy of the device would hold that was made when it was new: the same key, and the counter of then.</summary>
    public async Task GoBackAsync()
    {
        var key = (await KeysAsync())[0].EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
        {
            JsonValueKind.String => (object)p.Value.GetString()!,
            JsonValueKind.Number => p.Value.GetInt64(),
            _ => p.Value.GetBoolean(),
        });
        key["signCount"] = 0L;
        await _session.SendAsync("WebAuthn.removeCredential", new() { ["authenticatorId"] = _id, ["credentialId"] = key["credentialId"] });
        await _session.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = _id, ["credential"] = key });
    }

    private async Task<JsonElement> KeysAsync()
    {
        var keys = await _session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = _id });
        return keys!.Value.GetProperty("credentials");
    }
}
