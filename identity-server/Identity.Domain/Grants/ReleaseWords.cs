using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Grants;

/// <summary>What a page says about the release of some claims: which, why, by which statute, for how long. An answer to it holds for these words and no others.</summary>
public static class ReleaseWords
{
    public static string DigestOf(Client client, IEnumerable<string> claims, string language)
    {
        var shown = claims.Distinct().Order(StringComparer.Ordinal).Select(client.ReleaseOf).ToList();
        // The purpose of the whole is said where something is asked, and not where a statute has decided.
        List<string?> words = [shown.Exists(r => r.Kind != DataRelease.Notice) ? client.Purpose?.In(language) : null];
        foreach (var release in shown)
            words.AddRange([release.Claim, release.Kind.ToString(), release.Purpose?.In(language), release.LegalBasis?.In(language), (release.Retention ?? client.Retention)?.In(language)]);
        // JSON keeps one text apart from the next, and silence from an empty text.
        return Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(words)));
    }
}
