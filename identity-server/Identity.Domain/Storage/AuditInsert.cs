using System.Data;
using System.Data.Common;
using System.Globalization;
using Identity.Domain.Audit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Identity.Domain.Storage;

/// <summary>
/// One audit row in a hand-written statement, for transactions that do without the mapper:
/// <c>INSERT INTO audit_events ({Columns}) SELECT {Values(8)} FROM burnt</c>. The database gives the sequence.
/// </summary>
public static class AuditInsert
{
    public const string Columns = "at, name, outcome, reason, actor, person_id, client_id, session_id, connector, reference, address, port, detail";

    public const int ColumnCount = 13;

    /// <summary>A statement with no other parameter.</summary>
    public static readonly string Statement = $"INSERT INTO audit_events ({Columns}) VALUES ({Values(1)})";

    private static readonly DbType[] Types =
    [
        DbType.DateTime, DbType.String, DbType.String, DbType.String, DbType.String, DbType.Guid, DbType.String, DbType.Guid, DbType.String, DbType.String,
        DbType.String, DbType.Int32, DbType.String,
    ];

    /// <summary><c>$first, …</c> in the order of <see cref="Columns"/>.</summary>
    public static string Values(int first) =>
        string.Join(", ", Enumerable.Range(first, ColumnCount).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Appends the values as the next numbered parameters.</summary>
    public static void Add(DbParameterCollection parameters, AuditEvent row)
    {
        for (var i = 0; i < ColumnCount; i++) parameters.Add(New(parameters, Types[i], Value(row, i)));
    }

    /// <summary>New values in parameters that <see cref="Add"/> appended at <paramref name="start"/>.</summary>
    public static void Replace(DbParameterCollection parameters, int start, AuditEvent row)
    {
        for (var i = 0; i < ColumnCount; i++) parameters[start + i].Value = Value(row, i);
    }

    private static DbParameter New(DbParameterCollection parameters, DbType type, object value) => parameters is NpgsqlParameterCollection
        ? new NpgsqlParameter { DbType = type, Value = value }
        : new SqliteParameter { ParameterName = "$" + (parameters.Count + 1).ToString(CultureInfo.InvariantCulture), Value = value };

    private static object Value(AuditEvent row, int column) => column switch
    {
        0 => row.At.UtcDateTime,
        1 => row.Name,
        2 => row.Outcome,
        3 => row.Reason,
        4 => row.Actor,
        5 => row.PersonId,
        6 => row.ClientId,
        7 => row.SessionId,
        8 => row.Connector,
        9 => row.Reference,
        10 => row.Address,
        11 => row.Port,
        _ => (object?)row.Detail,
    } ?? DBNull.Value;
}
