using System.Text;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.Data.Sqlite;

namespace Identity.Tests.Operations;

public sealed class SecretsAtRestTests(FederationFixture eid) : SecretsAtRestContract(eid), IClassFixture<FederationFixture>;

public sealed class VNeIdSecretsAtRestTests(VNeIdFixture eid) : SecretsAtRestContract(eid), IClassFixture<VNeIdFixture>;

/// <summary>Who takes the database without the master key has nobody's secret and nobody's data, whichever e-ID connector they came through.</summary>
public abstract class SecretsAtRestContract(FederationFixture eid)
{
    [Fact]
    public async Task M9_The_database_holds_no_secret_and_no_personal_data_in_clear()
    {
        using var citizen = eid.NewBrowser();
        var tokens = await eid.TokensAsync(citizen, "full", changes: ("scope", "openid profile email phone offline_access"));
        using var local = eid.Provider.NewBrowser();
        var rp = eid.Rp();
        var code = await rp.CodeAsync(local, "full", ("scope", "openid profile email offline_access"));
        // One sign-in is still on its way when the database is taken.
        using var underway = eid.NewBrowser();
        var first = await eid.ReturnAsync(underway, "trung", client: "strict");
        Assert.NotEmpty(first.Heading);

        var secrets = new List<string>
        {
            code, tokens.AccessToken, tokens.IdToken, tokens.RefreshToken, tokens.RefreshToken.Split('.')[^1], TestClients.Secret, TestProvider.Password,
            eid.Sandbox.Options.EidClientSecret, eid.Sandbox.Options.VNeId.ClientSecret, "BEGIN PRIVATE KEY", TestRelyingParty.Verifier,
        };
        secrets.AddRange(((TestBrowser[])[citizen, local, underway]).SelectMany(b => b.Cookies.GetAllCookies()).Where(c => c.Name is "session" or "browser" or "known-device").Select(c => c.Value));
        secrets.AddRange(TestPeople.Full.Where(f => f.Key is "name" or "email" or "phone_number" or "address").Select(f => f.Value));
        foreach (var person in SyntheticPeople.All.Where(p => p.Key is "full" or "trung"))
            secrets.AddRange(((string?[])[person.FullName, person.Number, person.Phone, person.Email]).OfType<string>());

        var database = await DumpAsync(eid.Provider.ConnectionString);
        Assert.Contains("citizen", database, StringComparison.Ordinal);
        foreach (var secret in secrets) Assert.False(database.Contains(secret, StringComparison.Ordinal), $"{secret[..Math.Min(6, secret.Length)]}… is in the database");
    }

    /// <summary>The file with its log, every byte of it: also what was deleted and not yet overwritten.</summary>
    private static async Task<string> DumpAsync(string connectionString)
    {
        var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
        var text = new StringBuilder();
        foreach (var part in (string[])[file, file + "-wal"])
        {
            if (!File.Exists(part)) continue;
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }
}
