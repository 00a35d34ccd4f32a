using System.Globalization;

namespace Identity.Domain.Storage;

/// <summary>
/// One audit row in a hand-written statement, for transactions that do without the mapper. The database gives the sequence.
/// </summary>
public static class AuditInsert
{
    public const string Columns = "at, name, outcome, reason, actor, person_id, client_id, session_id, connector, reference, address, port, detail";

    public const int ColumnCount = 13;

    /// <summary>A statement with no other parameter.</summary>
    public static readonly string Statement = $"INSERT INTO audit_events ({Columns}) VALUES ({Values(1)})";

    /// <summary><c>$first, …</c> in the order of <see cref="Columns"/>.</summary>
    public static string Values(int first) =>
        string.Join(", ", Enumerable.Range(first, ColumnCount).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));
}
