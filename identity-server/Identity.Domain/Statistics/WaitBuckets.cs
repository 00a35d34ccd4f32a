namespace Identity.Domain.Statistics;

/// <summary>Waiting times in steps that a person tells apart. Counts of steps add up over minutes, nodes and hours; percentiles themselves would not.</summary>
public static class WaitBuckets
{
    private static readonly double[] UpperBounds = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 900];

    public static int Count => UpperBounds.Length;

    public static int IndexOf(TimeSpan taken)
    {
        var index = Array.FindIndex(UpperBounds, bound => taken.TotalSeconds <= bound);
        return index < 0 ? UpperBounds.Length - 1 : index;
    }

    /// <summary>In seconds, read off within the step that it falls into; null when nothing was counted.</summary>
    public static double? Percentile(IReadOnlyDictionary<int, long> counts, double share)
    {
        var total = counts.Values.Sum();
        if (total == 0) return null;
        var (rank, before) = (share * total, 0L);
        foreach (var (bucket, amount) in counts.Where(c => c.Value > 0 && c.Key >= 0 && c.Key < UpperBounds.Length).OrderBy(c => c.Key))
        {
            if (before + amount >= rank)
            {
                var lower = bucket == 0 ? 0 : UpperBounds[bucket - 1];
                return lower + (UpperBounds[bucket] - lower) * (rank - before) / amount;
            }
            before += amount;
        }
        return UpperBounds[^1];
    }
}
