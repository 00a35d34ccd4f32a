using System.Buffers.Text;
using System.Text.Json;

namespace Identity.Tests.Conformance;

/// <summary>Requests by value and by reference (OpenID Connect Core §6): we support neither, and must say so instead of ignoring them.</summary>
public abstract partial class OidccBasicModules
{
    [Fact]
    public async Task oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported()
    {
        var (party, browser) = await StartAsync();
        Assert.False((await Metadata.ReadAsync(party.Provider)).Flag("request_uri_parameter_supported", absent: true));
        Assert.Equal("request_uri_not_supported", party.Error(await party.AskAsync(browser, ("request_uri", "https://conformance.example/request.jwt"))));
    }

    [Fact]
    public async Task oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported()
    {
        var (party, browser) = await StartAsync();
        Assert.False((await Metadata.ReadAsync(party.Provider)).Flag("request_parameter_supported", absent: false));
        var request = Unsigned(party.Request(("nonce", "another nonce")));
        Assert.Equal("request_not_supported", party.Error(await party.AskAsync(browser, ("request", request))));
    }

    [Fact]
    public async Task oidcc_ensure_request_object_with_redirect_uri()
    {
        const string elsewhere = "https://attacker.example/callback";
        var (party, browser) = await StartAsync();

        // The good address inside does not save a bad one outside, and the bad one inside is never gone to.
        var good = Unsigned(party.Request());
        PageChecks.IsErrorPage(await party.AskAsync(browser, ("redirect_uri", elsewhere), ("request", good)), elsewhere);
        var bad = Unsigned(party.Request(("redirect_uri", elsewhere)));
        Assert.Equal("request_not_supported", party.Error(await party.AskAsync(browser, ("request", bad))));
    }

    private static string Unsigned(Dictionary<string, string> request) =>
        $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(request))}.";
}
