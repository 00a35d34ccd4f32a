using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Identity.Connectors.VNeId;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Connectors;

/// <summary>What only this shape has: encrypted codes and bodies, and nothing but the state that ties an answer to its question.</summary>
public sealed class VNeIdConnectorTests
{
    [Theory]
    [InlineData(VNeIdCipherMode.AesCbcIvPrefix, VNeIdRsaPadding.Pkcs1), InlineData(VNeIdCipherMode.AesCbcIvPrefix, VNeIdRsaPadding.OaepSha256)]
    [InlineData(VNeIdCipherMode.AesEcb, VNeIdRsaPadding.Pkcs1), InlineData(VNeIdCipherMode.AesEcb, VNeIdRsaPadding.OaepSha256)]
    public async Task Each_cipher_and_each_padding_opens_what_was_sealed_with_it_and_nothing_else(VNeIdCipherMode mode, VNeIdRsaPadding padding)
    {
        await using var trip = await VNeIdTrip.PlanAsync(s => s with { CipherMode = mode, RsaPadding = padding });
        foreach (var isEcb in new[] { true, false })
        foreach (var isOaep in new[] { true, false })
        {
            (trip.Upstream.IsEcb, trip.Upstream.IsOaep) = (isEcb, isOaep);
            var isOurs = isEcb == (mode == VNeIdCipherMode.AesEcb) && isOaep == (padding == VNeIdRsaPadding.OaepSha256);
            var outcome = await trip.SignInAsync();
            if (isOurs) Assert.IsType<UpstreamOutcome.Authenticated>(outcome);
            // A code of two blocks read in the wrong mode may open to half a code, which the upstream then refuses.
            else Assert.Contains(SignInTrip.Failure(outcome), (UpstreamFailure[])[UpstreamFailure.Malformed, UpstreamFailure.CodeRefused]);
        }
    }

    [Fact]
    public async Task A_plus_sign_in_the_raw_query_survives_encoded_or_not()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        foreach (var encode in new[] { false, true, false, true })
        {
            var (start, query) = (await trip.StartAsync(), "");
            while (!query.Contains('+', StringComparison.Ordinal)) query = trip.Approve(start.Address);
            if (encode) query = query.Replace("+", "%2B", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal).Replace("==", "%3D%3D", StringComparison.Ordinal);
            Assert.IsType<UpstreamOutcome.Authenticated>(await trip.CompleteAsync(query, start.Transaction));
        }
    }

    [Fact]
    public async Task A_plus_sign_that_somebody_turned_into_a_space_is_refused_and_not_skipped()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        var (start, query) = (await trip.StartAsync(), "");
        while (!query.Contains('+', StringComparison.Ordinal)) query = trip.Approve(start.Address);
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.CompleteAsync(query.Replace("+", "%20", StringComparison.Ordinal), start.Transaction)));
    }

    public static readonly Dictionary<string, Func<(byte[] Data, byte[] Key), (byte[] Data, byte[] Key)>> Tampered = new()
    {
        ["key of one byte less"] = pair => (pair.Data, pair.Key[..^1]),
        ["key of one byte more"] = pair => (pair.Data, [.. pair.Key, 0]),
        ["no key"] = pair => (pair.Data, []),
        ["key changed in its first byte"] = pair => (pair.Data, Changed(pair.Key, 0)),
        ["key changed in its last byte"] = pair => (pair.Data, Changed(pair.Key, pair.Key.Length - 1)),
        ["somebody else's key"] = pair => (pair.Data, ForStranger(pair.Data)),
        ["a key of no AES length"] = pair => (pair.Data, ForUs(new byte[17])),
        ["an empty key"] = pair => (pair.Data, ForUs([])),
        ["data without its last byte"] = pair => (pair.Data[..^1], pair.Key),
        ["the vector alone"] = pair => (pair.Data[..16], pair.Key),
        ["garbage"] = pair => ([.. Enumerable.Repeat((byte)0x5a, 64)], pair.Key),
        ["padding changed"] = pair => (Changed(pair.Data, pair.Data.Length - 17, by: 0x40), pair.Key),
    };

    public static TheoryData<string> TamperedNames() => new(Tampered.Keys);

    [Theory, MemberData(nameof(TamperedNames))]
    public async Task F5_whatever_is_wrong_with_an_encrypted_code_looks_the_same(string name)
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        await trip.IdentityAsync();
        trip.Requests.Clear();
        trip.Upstream.ChangeSealed = Tampered[name];
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await trip.SignInAsync());
        Assert.Equal((UpstreamFailure.Malformed, "authorization response has no code encrypted for us"), (failed.Why, failed.Detail));
        Assert.Empty(trip.Requests);
    }

    [Theory, MemberData(nameof(TamperedNames))]
    public async Task Whatever_is_wrong_with_an_encrypted_body_looks_the_same(string name)
    {
        await using var trip = await VNeIdTrip.PlanAsync(s => s with { Encrypted = [VNeIdPart.Token, VNeIdPart.Userinfo] });
        trip.Upstream.CodeIsPlain = true;
        await trip.IdentityAsync();
        trip.Upstream.ChangeSealed = Tampered[name];
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await trip.SignInAsync());
        Assert.Equal((UpstreamFailure.Malformed, "token endpoint did not answer with an object encrypted for us"), (failed.Why, failed.Detail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mã của bạn")]
    [InlineData("a\nb")]
    public async Task F5_a_code_that_opens_to_no_code_looks_the_same_too(string inside)
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        trip.Upstream.InsteadOfCode = inside;
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await trip.SignInAsync());
        Assert.Equal((UpstreamFailure.Malformed, "authorization response has no code encrypted for us"), (failed.Why, failed.Detail));
        Assert.Empty(trip.Requests);
    }

    [Theory]
    [InlineData("?code=CODE&state=STATE")]
    [InlineData("?code=CODE&encrypt_key=&state=STATE")]
    [InlineData("?code=CODE&encrypt_key=KEY&encrypt_key=KEY&state=STATE")]
    [InlineData("?code=CODE&encrypt_key=KEY%0A&state=STATE")]
    [InlineData("?code=CODE&encrypt_key=!!!!&state=STATE")]
    [InlineData("?code=!!!!&encrypt_key=KEY&state=STATE")]
    public async Task F5_a_code_without_a_usable_key_is_refused(string query)
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        var outcome = await trip.SignInAsync(good => query
            .Replace("CODE", Part(good, "code="), StringComparison.Ordinal).Replace("KEY", Part(good, "encrypt_key="), StringComparison.Ordinal)
            .Replace("STATE", Part(good, "state="), StringComparison.Ordinal));
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(outcome));
        Assert.Empty(trip.Requests);
    }

    [Fact]
    public async Task A_code_wrapped_for_us_by_a_stranger_reaches_the_upstream_and_nobody_else()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        trip.Upstream.InsteadOfCode = "a-code-that-anybody-may-invent";
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.SignInAsync()));
        Assert.Equal(["/token"], trip.Requests);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_plain_and_should_be_encrypted_is_refused_and_the_other_way_round(bool encrypted)
    {
        await using var trip = await VNeIdTrip.PlanAsync(s => encrypted ? s : s with { Encrypted = [], PrivateKey = "" });
        (trip.Upstream.CodeIsPlain, trip.Upstream.BodiesArePlain) = (!encrypted, !encrypted);
        await trip.IdentityAsync();
        trip.Upstream.BodiesArePlain = encrypted;
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync()));
        (trip.Upstream.CodeIsPlain, trip.Upstream.BodiesArePlain) = (encrypted, !encrypted);
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task State_counts_for_five_minutes_and_not_a_second_more()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        Assert.IsType<UpstreamOutcome.Authenticated>(await trip.SignInAsync(wait: TimeSpan.FromMinutes(5)));
        trip.Requests.Clear();
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.SignInAsync(wait: TimeSpan.FromSeconds(301))));
        Assert.Empty(trip.Requests);
        await using var shorter = await VNeIdTrip.PlanAsync(s => s with { StateLifetime = TimeSpan.FromSeconds(30) });
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await shorter.SignInAsync(wait: TimeSpan.FromSeconds(31))));
    }

    [Fact]
    public async Task The_browser_is_sent_with_what_this_shape_knows_and_no_more()
    {
        await using var trip = await VNeIdTrip.PlanAsync(s => s with { Pkce = false, AuthorizeParameters = new Dictionary<string, string> { ["lang"] = "vi" } });
        var asked = QueryHelpers.ParseQuery((await trip.StartAsync()).Address.Query);
        Assert.Equal(["client_id", "lang", "redirect_uri", "response_type", "scope", "state", "tenant"], asked.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_personal_number_is_not_the_name_that_the_link_is_kept_under_unless_it_is_said_so()
    {
        await using var hidden = await VNeIdTrip.PlanAsync();
        Assert.Equal($"digest of {hidden.Issuer.Length + 13} characters", (await hidden.IdentityAsync()).Subject);
        await using var open = await VNeIdTrip.PlanAsync(s => s with { SubjectForm = VNeIdSubjectForm.AsSent });
        Assert.Equal("096000000000", (await open.IdentityAsync()).Subject);
    }

    [Theory, InlineData("access_token", "5"), InlineData("access_token", "null"), InlineData("token_type", "\"DPoP\""), InlineData("token_type", "1")]
    [InlineData("access_token", "\"a\\r\\nHost: x\"")]
    public async Task A_token_answer_of_another_shape_is_malformed(string member, string json)
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        trip.Upstream.ChangeTokenAnswer = answer => answer.Remove("token_type");
        await trip.IdentityAsync();
        trip.Upstream.ChangeTokenAnswer = answer => answer[member] = JsonNode.Parse(json);
        Assert.Equal(UpstreamFailure.Malformed, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Fact]
    public async Task A_401_tells_the_operator_what_it_usually_means()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        trip.Instead["/token"] = Answer.Status(401);
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await trip.SignInAsync());
        Assert.Contains("our address is not on the upstream's list", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_inside_an_envelope_is_read()
    {
        await using var trip = await VNeIdTrip.PlanAsync();
        var (data, key) = trip.Upstream.Seal("""{"error":"invalid_grant"}"""u8.ToArray());
        trip.Instead["/token"] = Answer.Text($$"""{"data":"{{data}}","key":"{{key}}"}""", 400);
        Assert.Equal(UpstreamFailure.CodeRefused, SignInTrip.Failure(await trip.SignInAsync()));
    }

    private static string Part(string query, string name) => query.Split(name)[1].Split('&')[0];

    private static byte[] Changed(byte[] bytes, int at, byte by = 1)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= by;
        return changed;
    }

    private static byte[] ForUs(byte[] key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(FakeVNeId.PrivateKey);
        return rsa.Encrypt(key, RSAEncryptionPadding.Pkcs1);
    }

    private static byte[] ForStranger(byte[] data)
    {
        using var rsa = RSA.Create(2048);
        return rsa.Encrypt(data[..16], RSAEncryptionPadding.Pkcs1);
    }
}
