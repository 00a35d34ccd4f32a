namespace Identity.Domain.Audit;

/// <summary>
/// Whether missing rows were removed by retention. It takes them from the old end, never before the shortest lawful age, and leaves
/// a row that says how far it has come; that row is sealed like any other.
/// </summary>
internal sealed class AuditRemovals
{
    private DateTimeOffset _newestRemoved = DateTimeOffset.MinValue;
    private bool _ended;

    /// <summary>The last block without rows.</summary>
    public long? LastBlock { get; private set; }

    public bool IsAccountedFor { get; private set; } = true;

    /// <summary>False when rows of an earlier block are still there: retention would not have left those.</summary>
    public bool Removed(AuditSeal block, bool isFirst)
    {
        if (_ended || (LastBlock is null && !isFirst)) return false;
        (LastBlock, IsAccountedFor) = (block.Number, false);
        if (block.SealedAt > _newestRemoved) _newestRemoved = block.SealedAt;
        return true;
    }

    /// <param name="row">Any row of the trail, in order.</param>
    /// <param name="at">When it was sealed: the signer's word, where there is one.</param>
    public void See(AuditEvent row, DateTimeOffset at)
    {
        _ended = true;
        if (AuditRetention.UpToBlock(row) >= LastBlock && at - _newestRemoved >= AuditOptions.ShortestRetention) IsAccountedFor = true;
    }
}
