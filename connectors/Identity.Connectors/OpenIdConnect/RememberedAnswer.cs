using Identity.Connectors.AuthorizationCode;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>
/// An answer of the upstream's that is worth keeping. All who need it at the same time share one request, and an upstream that
/// fails for a while does not take away what it said before.
/// </summary>
internal sealed class RememberedAnswer<T>(TimeProvider clock, Func<Task<Checked<T>>> ask) where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan UsableInNeed = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Entry? _entry;
    private Task<Checked<T>>? _pending;
    private DateTimeOffset _nextRefresh = DateTimeOffset.MinValue;

    public T? Current => Volatile.Read(ref _entry)?.Value;

    public async Task<Checked<T>> GetAsync(CancellationToken ct)
    {
        var known = Volatile.Read(ref _entry);
        var now = clock.GetUtcNow();
        if (known is not null && now < known.AskAgainAt) return known.Value;
        var answer = await AskTogether().WaitAsync(ct);
        if (answer.Passed(out _, out _) || known is null || now > known.AnsweredAt + UsableInNeed) return answer;
        Volatile.Write(ref _entry, known with { AskAgainAt = now + Pause });
        return known.Value;
    }

    /// <summary>
    /// Asks again because <paramref name="seen"/> was not enough, but at most once a minute: whoever sends us unknown key names
    /// must not be able to make us hammer the upstream.
    /// </summary>
    public async Task<Checked<T>> GetNewerThanAsync(T seen, CancellationToken ct)
    {
        if (Current is { } current && !ReferenceEquals(current, seen)) return current;
        if (!MayRefresh()) return seen;
        return await AskTogether().WaitAsync(ct);
    }

    private bool MayRefresh()
    {
        lock (_gate)
        {
            if (_pending is { IsCompleted: false }) return true;
            var now = clock.GetUtcNow();
            if (now < _nextRefresh) return false;
            _nextRefresh = now + Pause;
            return true;
        }
    }

    private Task<Checked<T>> AskTogether()
    {
        lock (_gate) return _pending is { IsCompleted: false } ? _pending : _pending = AskAsync();
    }

    private async Task<Checked<T>> AskAsync()
    {
        var answer = await ask();
        var now = clock.GetUtcNow();
        if (answer.Passed(out var value, out _)) Volatile.Write(ref _entry, new Entry(value, now, now + Fresh));
        return answer;
    }

    private sealed record Entry(T Value, DateTimeOffset AnsweredAt, DateTimeOffset AskAgainAt);
}
