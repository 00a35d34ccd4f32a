using System.Security.Cryptography;
using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

public sealed class PrivateSigningKeyTests
{
    public static TheoryData<string> Algorithms() => new(JwsAlgorithms.All);

    [Theory, MemberData(nameof(Algorithms))]
    public void An_exported_key_comes_back_under_the_name_it_is_given(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        using var copy = PrivateSigningKey.Import("2026-11", algorithm, key.ExportPkcs8());
        Assert.Equal(key.KeyId, copy.PublicKey.Thumbprint);
        Assert.Equal(("2026-11", "2026-11", algorithm), (copy.KeyId, copy.PublicKey.KeyId, copy.PublicKey.Algorithm));
        Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(copy.Sign("JWT", "{}"u8), [copy.PublicKey], [algorithm]));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task Many_threads_share_one_key(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            Enumerable.Range(0, 40).Select(n => key.Sign(n % 2 == 0 ? "JWT" : "at+jwt", "{\"sub\":\"1\"}"u8)).ToArray())));
        Assert.All(tokens.SelectMany(t => t).AsParallel(),
            token => Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(token, [key.PublicKey], [algorithm])));
    }

    [Fact]
    public void A_payload_larger_than_the_stack_buffer_is_signed_too()
    {
        using var key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        var payload = System.Text.Encoding.UTF8.GetBytes($$"""{"x":"{{new string('a', 20_000)}}"}""");
        Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(key.Sign("JWT", payload), [key.PublicKey], JwsAlgorithms.All));
    }

    [Fact]
    public void A_key_of_another_kind_or_a_short_one_is_not_imported()
    {
        using var ec = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(1024);
        Assert.ThrowsAny<CryptographicException>(() => PrivateSigningKey.Import("k", JwsAlgorithms.Rs256, ec.ExportPkcs8()));
        Assert.ThrowsAny<CryptographicException>(() => PrivateSigningKey.Import("k", JwsAlgorithms.Es256, p384.ExportPkcs8PrivateKey()));
        Assert.ThrowsAny<CryptographicException>(() => PrivateSigningKey.Import("k", JwsAlgorithms.Ps256, rsa.ExportPkcs8PrivateKey()));
        Assert.Throws<ArgumentException>(() => PrivateSigningKey.Create("HS256"));
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        var key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("JWT", "{}"u8));
    }

    [Fact]
    public void A_signature_allocates_little_more_than_the_token()
    {
        using var key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        var length = key.Sign("at+jwt", "{}"u8).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) key.Sign("at+jwt", "{}"u8);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, length * 2, length * 2 + 1_024);
    }
}
