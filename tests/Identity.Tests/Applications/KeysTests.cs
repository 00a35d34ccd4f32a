using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Secrets that can be changed without an outage, and letters before they end.</summary>
public sealed class KeysTests
{
    [Fact]
    public async Task Two_secrets_live_at_once_and_never_three()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var added = await PressAsync(owner, id, "Add");
        var third = await owner.OpenAsync($"/apps/{id}/keys");

        Assert.NotNull(added.Document.QuerySelector("#secret"));
        Assert.Equal(2, (await office.SandboxAsync(id)).Client.Secrets.Count(s => !ClientDefaults.IsTry(s)));
        Assert.DoesNotContain(third.Forms, f => f.GetAttribute("action")!.EndsWith("Add", StringComparison.Ordinal));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_last_use_is_written_once_an_hour_and_guards_the_secret(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        form["Input.Kind"] = "Machine";
        var page = await office.StartAsync(owner, form);
        var (id, secret) = (Guid.Parse(page.Address.AbsolutePath.Split('/')[2]), page.Document.QuerySelector("#secret")!.TextContent);
        await PressAsync(owner, id, "Add");
        await office.RefreshProviderAsync();
        var client = (await office.SandboxAsync(id)).Client;

        for (var i = 0; i < 3; i++) await AskForTokenAsync(office.Admin.Provider, client.ClientId, secret);
        await WriteUsesAsync(office);
        var written = await UseAsync(office, client.ClientId);
        await AskForTokenAsync(office.Admin.Provider, client.ClientId, secret);
        var soonAfter = await WriteUsesAsync(office);
        clock.Advance(TimeSpan.FromMinutes(61));
        await AskForTokenAsync(office.Admin.Provider, client.ClientId, secret);
        await WriteUsesAsync(office);

        var use = await UseAsync(office, client.ClientId);
        Assert.Equal((0, ClientSecret.DigestOf(secret)), (soonAfter, use.Credential));
        Assert.Equal(TimeSpan.FromMinutes(61), use.LastUsedAt - written.LastUsedAt);
        Assert.Contains("127.0.0.1", use.Address!, StringComparison.Ordinal);
        var refused = await PressAsync(owner, id, "Revoke", ("Input.Sha256", use.Credential));
        Assert.Contains("24 giờ qua", refused.Text, StringComparison.Ordinal);
        await PressAsync(owner, id, "Revoke", ("Input.Sha256", use.Credential), ("Input.Force", "true"));
        Assert.DoesNotContain(use.Credential, (await office.SandboxAsync(id)).Client.Secrets.Select(s => s.Sha256));
    }

    [Fact]
    public async Task The_last_secret_stays()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var secret = (await office.SandboxAsync(id)).Client.Secrets.First(s => !ClientDefaults.IsTry(s));

        var page = await PressAsync(owner, id, "Revoke", ("Input.Sha256", secret.Sha256), ("Input.Force", "true"));

        Assert.Contains("khóa cuối cùng", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_ends_on_the_day_that_its_owner_says()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var secret = (await office.SandboxAsync(id)).Client.Secrets.First(s => !ClientDefaults.IsTry(s));
        var day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(20));

        await PressAsync(owner, id, "End", ("Input.Sha256", secret.Sha256), ("Input.End", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(new DateTimeOffset(day.ToDateTime(new TimeOnly(16, 59, 59)), TimeSpan.Zero), (await office.SandboxAsync(id)).Client.Secrets.First(s => s.Sha256 == secret.Sha256).ExpiresAt);
    }

    [Fact]
    public async Task A_key_made_here_is_shown_once_and_only_its_public_half_stays()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await PressAsync(owner, id, "Make");

        var key = JsonSerializer.Deserialize<JsonElement>(page.Document.QuerySelector("#secret")!.TextContent);
        var client = (await office.SandboxAsync(id)).Client;
        var open = client.Jwks!.Value.GetProperty("keys")[0];
        Assert.Equal((ClientAuthenticationMethod.PrivateKeyJwt, key.GetProperty("kid").GetString()), (client.TokenEndpointAuthMethod, open.GetProperty("kid").GetString()));
        Assert.False(open.TryGetProperty("d", out _));
        Assert.Empty(client.Secrets);
    }

    [Theory]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}", "Có giá trị chưa đúng")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AAAA\"}", "Có giá trị chưa đúng")]
    [InlineData("không phải JSON", "không phải là một JWK")]
    public async Task A_key_that_is_unsound_or_private_is_refused(string jwk, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        Assert.Contains(says, (await PressAsync(owner, id, "Upload", ("Input.Jwk", jwk))).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await office.SandboxAsync(id)).Version);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Each_owner_is_reminded_exactly_once_at_each_date(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        using var owner = await office.OfficialAsync();
        await office.RegisterAsync(owner);
        await office.JoinAsync();
        await office.RefreshAdminAsync();
        var sent = new List<int>();

        foreach (var daysLeft in new[] { 61, 60, 59, 30, 8, 7, 2, 1 })
        {
            var end = await office.Admin.InDatabaseAsync(db => db.Applications.Select(a => a.CreatedAt).SingleAsync()) + ClientDefaults.SecretLifetime;
            clock.Advance(end.AddDays(-daysLeft).AddMinutes(1) - clock.GetUtcNow());
            for (var again = 0; again < 2; again++) sent.Add(await office.Admin.WithAsync(async (ExpiryRadar radar) => (await radar.RemindAsync(CancellationToken.None))!.Value.Marks));
        }

        Assert.Equal([0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0], sent);
        Assert.Equal(8, await office.Admin.InDatabaseAsync(db => db.ExpiryReminders.CountAsync()));
    }

    [Fact]
    public async Task What_ends_within_ninety_days_stands_in_a_list()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var secret = (await office.SandboxAsync(id)).Client.Secrets.First(s => !ClientDefaults.IsTry(s));
        Assert.DoesNotContain("Hồ sơ đất đai", (await owner.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);

        await PressAsync(owner, id, "End", ("Input.Sha256", secret.Sha256), ("Input.End", DateTime.UtcNow.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        await office.RefreshAdminAsync();

        Assert.Contains("Hồ sơ đất đai", (await owner.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
    }

    internal static async Task<TestPage> PressAsync(AdminVisitor owner, Guid id, string handler, params (string Name, string Value)[] fields) =>
        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler={handler}", fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static Task<CredentialUse> UseAsync(OwnersOffice office, string clientId) => office.Admin.InDatabaseAsync(db => db.CredentialUses.AsNoTracking().SingleAsync(u => u.ClientId == clientId));

    private static Task<int> WriteUsesAsync(OwnersOffice office) => office.Admin.Provider.InDatabaseAsync(db => ((CredentialUses)office.Admin.Provider.Services.GetService(typeof(CredentialUses))!).WriteAsync(db, CancellationToken.None));

    private static async Task AskForTokenAsync(TestProvider provider, string clientId, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        using var reply = await provider.Http.SendAsync(request);
        var body = await reply.Content.ReadAsStringAsync();
        Assert.DoesNotContain("invalid_client", body, StringComparison.Ordinal);
    }
}
