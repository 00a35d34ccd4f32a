using System.Numerics;
using System.Security.Cryptography;

namespace Identity.Domain.Audit;

/// <summary>RFC 6962 §2.1, over leaves that are hashed already.</summary>
internal static class MerkleTree
{
    private const byte NodePrefix = 1;

    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0) return SHA256.HashData([]);
        if (leaves.Length == 1) return leaves[0];
        // The largest power of two below the count.
        var left = (int)(BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2);
        return SHA256.HashData([NodePrefix, .. Root(leaves[..left]), .. Root(leaves[left..])]);
    }
}
