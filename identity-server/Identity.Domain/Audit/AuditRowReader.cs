namespace Identity.Domain.Audit;

/// <summary>Rows one after the other, never past the end of the block that is being looked at.</summary>
internal sealed class AuditRowReader(IAsyncEnumerable<AuditEvent> rows) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<AuditEvent> _rows = rows.GetAsyncEnumerator();
    private AuditEvent? _peeked;
    private bool _ended;

    /// <summary>A row was put into a shape that cannot be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The last sequence that could be read.</summary>
    public long Last { get; private set; }

    public async Task<AuditEvent?> NextAsync(long upTo)
    {
        if (_peeked is null && !_ended) await PeekAsync();
        if (_peeked is not { } row || row.Sequence > upTo) return null;
        (_peeked, Last) = (null, row.Sequence);
        return row;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async Task PeekAsync()
    {
        try
        {
            _ended = !await _rows.MoveNextAsync();
            if (!_ended) _peeked = _rows.Current;
        }
        catch (Exception broken) when (broken is FormatException or InvalidCastException or InvalidOperationException or System.Text.Json.JsonException or OverflowException)
        {
            (_ended, IsBroken) = (true, true);
        }
    }
}
