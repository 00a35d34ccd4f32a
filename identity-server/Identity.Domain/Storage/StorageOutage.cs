using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Identity.Domain.Storage;

/// <summary>Tells "the database cannot be used just now, and nothing was committed" from a defect of ours.</summary>
public static class StorageOutage
{
    public static bool IsBehind(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED
            or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN } => true,
        // A standby that has not been promoted yet takes connections and refuses to write.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.CrashShutdown } => true,
        DbException { IsTransient: true } => true,
        _ => IsBehind(exception.InnerException),
    };
}
