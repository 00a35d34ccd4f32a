using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage.Sqlite;

public sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);
