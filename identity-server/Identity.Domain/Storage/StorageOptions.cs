using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Storage;

public enum StorageProvider
{
    /// <summary>One file, one node: development, pilots, a small office.</summary>
    Sqlite,
    PostgreSql,
}

public sealed class StorageOptions
{
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    [Required(ErrorMessage = "write where the database is, for example Host=db.example;Database=identity;Username=identity;Password=…")]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// File with 32 random bytes in Base64 that encrypts every key in the database. The same on all nodes, readable by the
    /// service alone, backed up apart from the database: without it nothing that is sealed can be read again.
    /// </summary>
    [Required(ErrorMessage = "write the path of the master key, for example /etc/identity/master.key")]
    public string MasterKeyFile { get; set; } = "";

    /// <summary>Write a new master key when the file is missing. Right for a first start, wrong for a second node.</summary>
    public bool CreateMasterKey { get; set; }

    /// <summary>Apply missing migrations at start. Off in production, where an operator runs <c>migrate</c>.</summary>
    public bool MigrateAtStart { get; set; }
}
