using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Production proves itself with what is its own: nobody who works on the sandbox can be production, and no request takes back what production rotated.</summary>
public sealed class ProductionKeysTests
{
    private const string Work = "Khóa mới của Hồ sơ đất đai chờ người phụ trách khác xác nhận.";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M26_production_never_has_the_key_of_the_sandbox(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.TriedAsync(office, owner);
        await KeysTests.PressAsync(owner, id, "Make");
        var sandbox = Assert.Single(ClientKey.Of((await office.SandboxAsync(id)).Client));

        Assert.Contains("cần khóa ký riêng", (await ReviewTests.AskAsync(owner, id)).Text, StringComparison.Ordinal);
        var copied = await ReviewTests.AskAsync(owner, id, ("Input.Key", "Uploaded"), ("Input.Jwk", sandbox.Jwk.GetRawText().Replace(sandbox.KeyId!, "another-name", StringComparison.Ordinal)));
        Assert.Contains("không dùng chung khóa", copied.Text, StringComparison.Ordinal);
        var asked = await ReviewTests.AskAsync(owner, id, ("Input.Key", "Made"));
        var shown = JsonSerializer.Deserialize<JsonElement>(asked.Document.QuerySelector("#secret")!.TextContent);
        var read = await reviewer.OpenAsync($"/apps/{id}/production");
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");

        var production = Assert.Single(ClientKey.Of(await office.ProductionAsync(id)));
        Assert.Equal(shown.GetProperty("kid").GetString(), production.KeyId);
        Assert.NotEqual(sandbox.Thumbprint, production.Thumbprint);
        Assert.Contains(production.Thumbprint!, read.Text, StringComparison.Ordinal);
        var taken = await KeysTests.PressAsync(owner, id, "Upload", ("Input.Jwk", production.Jwk.GetRawText()));
        Assert.Contains("không dùng chung khóa", taken.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M26_a_later_request_leaves_production_what_it_proves_itself_with(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        var before = await office.ProductionAsync(id);
        await KeysTests.PressAsync(owner, id, "Make");

        await ReviewTests.AskAsync(owner, id, ("Input.RedirectUris", "https://moi.mau.example/callback"));
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");

        var after = await office.ProductionAsync(id);
        Assert.Equal(["https://moi.mau.example/callback"], after.RedirectUris);
        Assert.Equal(before.TokenEndpointAuthMethod, after.TokenEndpointAuthMethod);
        Assert.Equal(before.Secrets, after.Secrets);
        Assert.Null(after.Jwks);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M27_a_new_key_waits_for_another_owner_and_is_good_beside_the_old_one(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var second = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.TriedAsync(office, owner);
        await JoinAsync(office, second);
        await KeysTests.PressAsync(owner, id, "Make");
        await ReviewTests.AskAsync(owner, id, ("Input.Key", "Made"));
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");
        var old = Assert.Single(ClientKey.Of(await office.ProductionAsync(id)));

        var waiting = await PressAsync(owner, id, "Make");
        Assert.NotNull(waiting.Document.QuerySelector("#secret"));
        Assert.Contains("Chưa có gì thay đổi", waiting.Text, StringComparison.Ordinal);
        Assert.Single(ClientKey.Of(await office.ProductionAsync(id)));
        var forged = await OwnersOffice.ForgeAsync(owner, waiting, $"/apps/{id}/keys?handler=Drop", $"/apps/{id}/keys?handler=Confirm");
        Assert.Contains("không xét duyệt yêu cầu của chính mình", forged.Text, StringComparison.Ordinal);
        await OwnersOffice.SendAsync(second, await second.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler=Confirm", []);

        var both = ClientKey.Of(await office.ProductionAsync(id));
        Assert.Equal((2, old.Thumbprint), (both.Count, both[0].Thumbprint));
        await UseNowAsync(office, id, old.KeyId!);
        Assert.Contains("24 giờ qua", (await PressAsync(owner, id, "Retire", ("Input.Key", old.Mark))).Text, StringComparison.Ordinal);
        await PressAsync(owner, id, "Retire", ("Input.Key", old.Mark), ("Input.Force", "true"));
        Assert.Equal(both[1].Thumbprint, Assert.Single(ClientKey.Of(await office.ProductionAsync(id))).Thumbprint);
        Assert.Contains("khóa cuối cùng", (await PressAsync(owner, id, "Retire", ("Input.Key", both[1].Mark))).Text, StringComparison.Ordinal);
        Assert.Equal(["configuration.proposed", "configuration.approved"], await office.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name.StartsWith("configuration.")).OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync()));
    }

    [Theory, InlineData("Make", "", ""), InlineData("Address", "Input.JwksUri", "https://datdai.mau.example/jwks")]
    public async Task M27_production_changes_how_it_proves_itself_by_two_people_and_never_over_what_is_in_use_unasked(string handler, string field, string value)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var second = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        await JoinAsync(office, second);
        await UseNowAsync(office, id, Assert.Single((await office.ProductionAsync(id)).Secrets).Sha256);

        Assert.Contains("24 giờ qua", (await PressAsync(owner, id, handler, (field, value))).Text, StringComparison.Ordinal);
        Assert.Contains("Chưa có gì thay đổi", (await PressAsync(owner, id, handler, (field, value), ("Input.Force", "true"))).Text, StringComparison.Ordinal);
        Assert.Equal(ClientAuthenticationMethod.ClientSecretBasic, (await office.ProductionAsync(id)).TokenEndpointAuthMethod);
        var dropped = await OwnersOffice.SendAsync(second, await second.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler=Drop", []);

        Assert.DoesNotContain(dropped.Forms, f => f.GetAttribute("action")!.EndsWith("Confirm", StringComparison.Ordinal));
        Assert.Equal(ClientAuthenticationMethod.ClientSecretBasic, (await office.ProductionAsync(id)).TokenEndpointAuthMethod);
    }

    [Fact]
    public async Task M27_a_key_whose_time_is_over_comes_back_by_two_people_as_well()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.TriedAsync(office, owner);
        await KeysTests.PressAsync(owner, id, "Make");
        await ReviewTests.AskAsync(owner, id, ("Input.Key", "Made"));
        await ReviewTests.PressAsync(reviewer, id, "Approve");
        await ReviewTests.PressAsync(owner, id, "Live");
        var over = Assert.Single(ClientKey.Of(await office.ProductionAsync(id)));
        await KeepAsync(office, id, over.EndingAt(DateTimeOffset.UtcNow.AddDays(-1)), new ClientKey(JsonElement.Parse(ExpiryRadarTests.KeyWithCertificate(DateTimeOffset.UtcNow.AddDays(300)))));

        var waiting = await PressAsync(owner, id, "Upload", ("Input.Jwk", over.Jwk.GetRawText()));

        Assert.Contains("Chưa có gì thay đổi", waiting.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientKey.Of(await office.ProductionAsync(id)), k => k.Mark == over.Mark && k.IsValidAt(DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task M27_an_owner_says_yes_to_nothing_but_keys()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        var client = await office.ProductionAsync(id);
        var proposal = new ConfigurationProposal
        {
            Kind = ConfigurationStore.ClientKind, Name = client.ClientId, BaseVersion = 1, Document = ConfigurationWriter.Write(client with { RedirectUris = ["https://khac.mau.example/callback"] }),
            Reason = "kiểm thử", ProposedBy = "person:0190b5f0-0000-7000-8000-000000000000", ProposedAt = DateTimeOffset.UtcNow,
        };
        await office.Admin.InDatabaseAsync(db =>
        {
            db.ConfigurationProposals.Add(proposal);
            return db.SaveChangesAsync();
        });

        var page = await owner.OpenAsync($"/apps/{id}/keys");
        var forged = await OwnersOffice.ForgeAsync(owner, page, $"/apps/{id}/keys?handler=Make", $"/apps/{id}/keys?handler=Confirm", ("Input.Proposal", $"{proposal.Id}"));

        Assert.Contains("Không còn yêu cầu nào", forged.Text, StringComparison.Ordinal);
        Assert.Equal(client.RedirectUris, (await office.ProductionAsync(id)).RedirectUris);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task New_keys_of_production_are_work_of_every_owner_but_the_one_who_asked(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var second = await office.OfficialAsync();
        using var reviewer = await office.OfficialAsync(office.OtherAgency, AdminRole.Reviewer);
        var id = await ReviewTests.LiveAsync(office, owner, reviewer);
        await JoinAsync(office, second);
        await PressAsync(owner, id, "Make", ("Input.Force", "true"));

        Assert.Contains(Work, (await second.OpenAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains((await second.OpenAsync("/")).Document.QuerySelectorAll(".todo a"), a => a.GetAttribute("href") == $"/apps/{id}/keys");
        foreach (var other in (AdminVisitor[])[owner, reviewer]) Assert.DoesNotContain(Work, (await other.OpenAsync("/")).Text, StringComparison.Ordinal);
        await OwnersOffice.SendAsync(second, await second.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler=Confirm", []);
        Assert.DoesNotContain(Work, (await second.OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    /// <summary>The form of production's ring, with what the page had put into it.</summary>
    private static async Task<TestPage> PressAsync(AdminVisitor owner, Guid id, string handler, params (string Name, string Value)[] fields)
    {
        var page = await owner.OpenAsync($"/apps/{id}/keys");
        var action = $"/apps/{id}/keys?handler={handler}";
        var form = page.Forms.First(f => f.GetAttribute("action") == action && f.QuerySelector("input[name='Input.Environment'][value=Production]") is not null);
        var kept = form.QuerySelectorAll("input[type=hidden]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value")!)).Where(k => fields.All(f => f.Name != k.Name));
        return await owner.Browser.PostAsync(new Uri(page.Address, action).AbsoluteUri, kept.Concat(fields.Where(f => f.Name.Length > 0)).Select(f => KeyValuePair.Create(f.Name, f.Value)));
    }

    /// <summary>Production as it is when time has passed.</summary>
    private static async Task KeepAsync(OwnersOffice office, Guid id, params ClientKey[] keys)
    {
        var client = await office.ProductionAsync(id);
        var document = ConfigurationWriter.Write(client with { Jwks = ClientKey.SetOf(keys) });
        await office.Admin.InDatabaseAsync(db => db.ConfigurationItems.Where(i => i.Kind == ConfigurationStore.ClientKind && i.Name == client.ClientId).ExecuteUpdateAsync(set => set.SetProperty(i => i.Document, document)));
    }

    /// <summary>Whoever was named as the second owner.</summary>
    private static Task<int> JoinAsync(OwnersOffice office, AdminVisitor second) =>
        office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.MailDigest != null).ExecuteUpdateAsync(set => set.SetProperty(m => m.PersonId, second.PersonId)));

    private static async Task UseNowAsync(OwnersOffice office, Guid id, string credential)
    {
        var clientId = (await office.FindAsync(id)).ProductionClientId!;
        await office.Admin.InDatabaseAsync(db =>
        {
            db.CredentialUses.Add(new() { ClientId = clientId, Credential = credential, LastUsedAt = DateTimeOffset.UtcNow });
            return db.SaveChangesAsync();
        });
    }
}
