using System.Globalization;

namespace Identity.Benchmarks.Machine;

/// <summary>CPU time and memory of processes with everything they have started, from Linux's /proc (proc(5)).</summary>
internal static class ProcessTrees
{
    /// <summary>USER_HZ: the unit of every time in /proc, whatever the kernel's own tick is.</summary>
    private const double TicksPerSecond = 100;

    // Positions in /proc/[pid]/stat behind the name, which may hold spaces.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int ReapedUserTime = 13;
    private const int ReapedSystemTime = 14;

    /// <summary>Seconds since the processes began, those of children that have ended included.</summary>
    public static double CpuSeconds(IReadOnlyCollection<int> roots)
    {
        double ticks = 0;
        foreach (var process in Members(roots))
        {
            if (Stat(process) is not { } stat) continue;
            ticks += Number(stat[UserTime]) + Number(stat[SystemTime]);
            // A backend that has ended is counted by the process that waited for it.
            if (roots.Contains(process)) ticks += Number(stat[ReapedUserTime]) + Number(stat[ReapedSystemTime]);
        }
        return ticks / TicksPerSecond;
    }

    /// <summary>Resident memory in MiB. Pages that several processes of the tree share are counted once each process: right for one process, too much for PostgreSQL.</summary>
    public static double ResidentMebibytes(IReadOnlyCollection<int> roots) => Memory(roots, "Rss:");

    /// <summary>The same with shared pages divided among those who share them.</summary>
    public static double ProportionalMebibytes(IReadOnlyCollection<int> roots) => Memory(roots, "Pss:");

    /// <summary>CPU seconds of the whole machine that were busy, and that the hypervisor gave to somebody else.</summary>
    public static (double Busy, double Stolen) Machine()
    {
        // user nice system idle iowait irq softirq steal
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number).ToArray();
        return ((fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / TicksPerSecond, fields[7] / TicksPerSecond);
    }

    private static double Memory(IReadOnlyCollection<int> roots, string field)
    {
        double kibibytes = 0;
        foreach (var process in Members(roots))
        {
            try
            {
                var line = File.ReadLines($"/proc/{process}/smaps_rollup").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
                if (line is not null) kibibytes += Number(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Ended since it was listed.
            }
        }
        return Math.Round(kibibytes / 1024, 1);
    }

    private static List<int> Members(IReadOnlyCollection<int> roots)
    {
        if (roots.Count == 0) return [];
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) || Stat(process) is not { } stat) continue;
            var parent = (int)Number(stat[Parent]);
            if (!children.TryGetValue(parent, out var list)) children[parent] = list = [];
            list.Add(process);
        }
        var members = new List<int>();
        var waiting = new Queue<int>(roots);
        while (waiting.TryDequeue(out var process))
        {
            if (members.Contains(process)) continue;
            members.Add(process);
            foreach (var child in children.GetValueOrDefault(process) ?? []) waiting.Enqueue(child);
        }
        return members;
    }

    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
