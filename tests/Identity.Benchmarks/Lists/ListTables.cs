using System.Globalization;
using Identity.Benchmarks.Seed;
using Identity.Domain.Privacy;
using Identity.Protocols.Federation;

namespace Identity.Benchmarks.Lists;

/// <summary>What only the vault can write: the personnel list, and the mail of who is on it.</summary>
internal sealed class ListTables(PersonalDataVault vault, int officials)
{
    public const int Units = 1_131;
    private static readonly DateTime Since = DateTime.UtcNow.AddDays(-400);

    public IReadOnlyList<SeedTable> All() => [StaffRecords(), Mails()];

    public static string Mail(long n) => string.Create(CultureInfo.InvariantCulture, $"official{n}@anbinh.example");

    /// <summary>Numbered as in <see cref="ListSql"/>, so that both name the same unit.</summary>
    public static Guid Unit(long n) => new(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{n:D12}"));

    private static string StaffNumber(long n) => string.Create(CultureInfo.InvariantCulture, $"CB{n:D7}");

    private SeedTable StaffRecords() => new("staff_records", officials, 600,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('w', n)), SeedColumn.Text("source", "hr"), SeedColumn.Text("staff_number", StaffNumber), SeedColumn.Id("unit_id", n => Unit(n % Units)),
        SeedColumn.Text("position", "Chuyên viên"), SeedColumn.Text("sealed_name", n => vault.Seal(VaultPurpose.StaffRecord, $"hr/{StaffNumber(n)}", SeededRows.Name((int)n))),
        SeedColumn.Text("mail_digest", n => vault.Digest(VaultPurpose.StaffMailLookup, Mail(n))), SeedColumn.Moment("valid_from", _ => Since), SeedColumn.Number("state", n => n % 50 == 49 ? 2 : 0),
        SeedColumn.Id("person_id", n => SeededRows.PersonId((int)n)), SeedColumn.Id("affiliation_id", n => SeededRows.Identifier('q', n)), SeedColumn.Moment("created_at", _ => Since), SeedColumn.Moment("changed_at", _ => Since),
    ]);

    private SeedTable Mails() => new("person_attributes", officials, 370,
    [
        SeedColumn.Id("id", n => SeededRows.Identifier('e', n)), SeedColumn.Id("person_id", n => SeededRows.PersonId((int)n)), SeedColumn.Text("name", AttributeNames.Email),
        SeedColumn.Text("sealed_value", n => vault.Seal(VaultPurpose.Attribute, $"{SeededRows.PersonId((int)n):N}/{AttributeNames.Email}", Mail(n))),
        SeedColumn.Text("source", "mail"), SeedColumn.Number("level", _ => 0), SeedColumn.Moment("obtained_at", _ => Since),
    ]);
}
