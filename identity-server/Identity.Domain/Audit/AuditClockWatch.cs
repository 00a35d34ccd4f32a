using System.Globalization;

namespace Identity.Domain.Audit;

/// <summary>Clocks that went backwards. Nothing was changed in the trail, but its times are to be read with care.</summary>
internal sealed class AuditClockWatch
{
    /// <summary>Nodes differ a little, and a row is dated before it gets its number.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private const int MostNotices = 20;

    private readonly List<string> _notices = [];
    private DateTimeOffset _newestRow = DateTimeOffset.MinValue;
    private DateTimeOffset _newestSeal = DateTimeOffset.MinValue;
    private bool _isBehind;

    public IReadOnlyList<string> Notices => _notices;

    public void SealedAt(long block, DateTimeOffset at)
    {
        if (at + Tolerance < _newestSeal) Note($"The clock went back: block {block} was sealed at {Moment(at)}, one before it at {Moment(_newestSeal)}.");
        _newestSeal = at > _newestSeal ? at : _newestSeal;
    }

    public void WrittenAt(AuditEvent row)
    {
        var isBehind = row.At + Tolerance < _newestRow;
        // Said once, until time has caught up.
        if (isBehind && !_isBehind) Note($"The clock went back: row {row.Sequence} is dated {Moment(row.At)}, one before it {Moment(_newestRow)}.");
        _isBehind = isBehind;
        _newestRow = row.At > _newestRow ? row.At : _newestRow;
    }

    private void Note(string notice)
    {
        if (_notices.Count < MostNotices) _notices.Add(notice);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
