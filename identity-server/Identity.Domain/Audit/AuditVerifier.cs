using System.Buffers.Text;
using Identity.Protocols.Jose;

namespace Identity.Domain.Audit;

/// <summary>
/// Proves a trail, or names the first thing that is wrong. What it cannot see by itself: rows after the last block, and blocks cut
/// off the end together with their rows; the second shows against the head of an earlier export.
/// </summary>
/// <param name="pinned">Fingerprints that the operator trusts. Without any, the keys are those that lie beside what they prove.</param>
/// <param name="known">The last block of an earlier export.</param>
public sealed class AuditVerifier(IAuditEvidence evidence, IReadOnlyCollection<string> pinned, AuditHead? known = null)
{
    private readonly IReadOnlyList<JsonWebKey> _keys = pinned.Count == 0 ? evidence.Keys : [.. evidence.Keys.Where(k => pinned.Contains(k.KeyId))];
    private readonly SortedSet<string> _signers = new(StringComparer.Ordinal);
    private readonly AuditClockWatch _clock = new();
    private readonly AuditRemovals _removals = new();
    private AuditSeal? _before = evidence.Before;
    private bool _sawKnown;
    private (long Blocks, long Rows, long Unsealed) _count;

    public async Task<AuditReport> VerifyAsync(CancellationToken ct)
    {
        var rows = new AuditRowReader(evidence.RowsAsync(ct));
        await using (rows)
        {
            var fault = await FindFaultAsync(rows, ct);
            return new AuditReport
            {
                Fault = fault,
                Blocks = _count.Blocks,
                Rows = _count.Rows,
                Unsealed = _count.Unsealed,
                RemovedUpTo = _removals.LastBlock,
                Head = _before is null ? null : new(_before.Number, AuditStatement.HashOf(_before.Statement)),
                Keys = [.. _signers],
                Notices = _clock.Notices,
            };
        }
    }

    private async Task<AuditFault?> FindFaultAsync(AuditRowReader rows, CancellationToken ct)
    {
        await foreach (var block in evidence.BlocksAsync(ct))
        {
            if (HeaderFault(block) is { } wrong) return wrong;
            if ((block.RowsRemovedAt is null ? await RowFaultAsync(block, rows) : await RemovedFaultAsync(block, rows)) is { } fault) return fault;
            _before = block;
            _count.Blocks++;
        }
        while (await rows.NextAsync(long.MaxValue) is { } row) See(row, sealedAt: null);
        return rows.IsBroken ? new(AuditProblem.RowUnreadable, _before?.Number, rows.Last)
            : known is not null && !_sawKnown && known.Number > (evidence.Before?.Number ?? 0) ? new(AuditProblem.DiffersFromExport, known.Number)
            : _removals.IsAccountedFor ? null
            : new(AuditProblem.RowsGone, _removals.LastBlock);
    }

    private AuditFault? HeaderFault(AuditSeal block)
    {
        var number = _before is null ? evidence.FirstBlock : _before.Number + 1;
        if (block.Number != number) return new(AuditProblem.BlockMissing, number);
        if (AuditStatement.Verify(block.Statement, _keys) is not { } signed) return new(AuditProblem.SignatureInvalid, number);
        _signers.Add(AuditStatement.KeyOf(block.Statement));
        if (signed.Block != number || signed.First != block.FirstSequence || signed.Last != block.LastSequence || signed.Rows != block.RowCount || signed.SealedAt != block.SealedAt)
            return new(AuditProblem.BlockChanged, number);
        if (!Follows(signed)) return new(AuditProblem.ChainBroken, number);
        if (known?.Number == number)
        {
            if (AuditStatement.HashOf(block.Statement) != known.Hash) return new(AuditProblem.DiffersFromExport, number);
            _sawKnown = true;
        }
        _clock.SealedAt(block.Number, signed.SealedAt);
        return null;
    }

    private bool Follows(AuditStatement signed) => _before is not null
        ? signed.Previous == AuditStatement.HashOf(_before.Statement) && signed.First == _before.LastSequence + 1
        : signed.Block > 1 || (signed.Previous == AuditStatement.NoPrevious && signed.First == 1);

    private async Task<AuditFault?> RowFaultAsync(AuditSeal block, AuditRowReader rows)
    {
        var signed = AuditStatement.Verify(block.Statement, _keys)!;
        if (block.Leaves is not { } packed || AuditStatement.Digest(packed) != signed.LeavesDigest || AuditLeaves.Unpack(packed, block.FirstSequence) is not { } leaves)
            return new(AuditProblem.LeavesChanged, block.Number);
        var next = 0;
        while (await rows.NextAsync(block.LastSequence) is { } row)
        {
            // Both lists grow, so the lower number of the two is the one that has no partner.
            if (next < leaves.Rows.Count && leaves.Rows[next].Sequence < row.Sequence) return new(AuditProblem.RowMissing, block.Number, leaves.Rows[next].Sequence);
            if (next == leaves.Rows.Count || leaves.Rows[next].Sequence > row.Sequence) return new(AuditProblem.RowAdded, block.Number, row.Sequence);
            if (!leaves.Rows[next].Hash.AsSpan().SequenceEqual(AuditLeaf.Hash(row))) return new(AuditProblem.RowChanged, block.Number, row.Sequence);
            See(row, block.SealedAt);
            next++;
        }
        return rows.IsBroken ? new(AuditProblem.RowUnreadable, block.Number, rows.Last)
            : next < leaves.Rows.Count ? new(AuditProblem.RowMissing, block.Number, leaves.Rows[next].Sequence)
            : next != signed.Rows || Base64Url.EncodeToString(leaves.Root) != signed.Root ? new(AuditProblem.LeavesChanged, block.Number)
            : null;
    }

    private async Task<AuditFault?> RemovedFaultAsync(AuditSeal block, AuditRowReader rows)
    {
        if (!_removals.Removed(block, isFirst: _count.Blocks == 0)) return new(AuditProblem.RowsGone, block.Number);
        return await rows.NextAsync(block.LastSequence) is { } left ? new(AuditProblem.RowAdded, block.Number, left.Sequence) : null;
    }

    private void See(AuditEvent row, DateTimeOffset? sealedAt)
    {
        if (sealedAt is null) _count.Unsealed++;
        else _count.Rows++;
        _clock.WrittenAt(row);
        _removals.See(row, sealedAt ?? row.At);
    }
}
