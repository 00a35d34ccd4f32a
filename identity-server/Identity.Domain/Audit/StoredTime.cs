namespace Identity.Domain.Audit;

/// <summary>PostgreSQL keeps microseconds: what is signed must be what is read again.</summary>
internal static class StoredTime
{
    public static DateTimeOffset Now(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
