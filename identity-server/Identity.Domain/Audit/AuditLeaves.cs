using System.Security.Cryptography;

namespace Identity.Domain.Audit;

/// <summary>The rows of a block as sequence and hash, packed: the distance to the row before in seven-bit groups, then 32 bytes.</summary>
internal sealed record AuditLeaves(IReadOnlyList<(long Sequence, byte[] Hash)> Rows)
{
    public byte[] Root => MerkleTree.Root(Rows.Select(r => r.Hash).ToArray());

    public static AuditLeaves Of(IEnumerable<AuditEvent> rows) => new([.. rows.Select(r => (r.Sequence, AuditLeaf.Hash(r)))]);

    /// <param name="first">First sequence of the block.</param>
    public byte[] Pack(long first)
    {
        using var bytes = new MemoryStream(Rows.Count * 34);
        using var writer = new BinaryWriter(bytes);
        var before = first - 1;
        foreach (var (sequence, hash) in Rows)
        {
            writer.Write7BitEncodedInt64(sequence - before);
            writer.Write(hash);
            before = sequence;
        }
        return bytes.ToArray();
    }

    /// <summary>Null when somebody has been at it.</summary>
    public static AuditLeaves? Unpack(byte[] packed, long first)
    {
        using var reader = new BinaryReader(new MemoryStream(packed));
        var rows = new List<(long, byte[])>(packed.Length / 33);
        var before = first - 1;
        try
        {
            while (reader.BaseStream.Position < packed.Length)
            {
                before += reader.Read7BitEncodedInt64();
                var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
                if (hash.Length < SHA256.HashSizeInBytes) return null;
                rows.Add((before, hash));
            }
            return new(rows);
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException)
        {
            return null;
        }
    }
}
