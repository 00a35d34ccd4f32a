using System.Collections.Frozen;

namespace Identity.Domain.People;

/// <summary>A number keeps its prefix for life, so the provinces that ceased on 1 July 2025 stay listed.</summary>
internal static class BirthPlacePrefixes
{
    /// <summary>The 63 provinces as they were.</summary>
    public static FrozenSet<int> Issued { get; } = FrozenSet.ToFrozenSet(
    [
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48,
        49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    ]);

    /// <summary>The 34 codes of Decision 19/2025/QĐ-TTg.</summary>
    public static FrozenSet<int> Kept { get; } = FrozenSet.ToFrozenSet(
    [
        1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80, 82, 86, 91,
        92, 96,
    ]);
}
