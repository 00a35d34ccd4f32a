using System.Net;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>From one form to a live sandbox client.</summary>
public sealed class StartTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task One_form_makes_a_sandbox_client_that_the_public_host_knows(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();

        var page = await office.StartAsync(owner);

        var app = await office.Admin.InDatabaseAsync(db => db.Applications.SingleAsync());
        var client = (await office.SandboxAsync(app.Id)).Client;
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal((ClientEnvironment.Sandbox, ClientAuthenticationMethod.ClientSecretBasic, SubjectType.Pairwise), (client.Environment, client.TokenEndpointAuthMethod, client.SubjectType));
        Assert.Equal(["http://localhost:8080/callback", $"{office.Admin.Address}/apps/try/callback"], client.RedirectUris);
        Assert.Equal(["eid-thu"], client.Connectors);
        await office.RefreshProviderAsync();
        var authorize = await office.Admin.Provider.NewBrowser().GetAsync($"/connect/authorize?response_type=code&client_id={client.ClientId}&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback&scope=openid&state=s&nonce=n&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
        Assert.Contains("Hồ sơ đất đai", authorize.Html, StringComparison.Ordinal);
        Assert.Equal(1, await office.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "application.started" && a.ClientId == client.ClientId)));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_rests_as_a_digest()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();

        var page = await office.StartAsync(owner);

        var secret = page.Document.QuerySelector("#secret")!.TextContent;
        var again = await owner.OpenAsync(page.Address.PathAndQuery);
        var id = Guid.Parse(page.Address.AbsolutePath.Split('/')[2]);
        Assert.Null(again.Document.QuerySelector("#secret"));
        Assert.Contains(ClientSecret.DigestOf(secret), (await office.SandboxAsync(id)).Client.Secrets.Select(s => s.Sha256));
        Assert.DoesNotContain(office.Admin.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Input.NameVi", "", "Nhập tên ứng dụng")]
    [InlineData("Input.PurposeVi", " ", "Nhập mục đích")]
    [InlineData("Input.SecondOwner", "", "người phụ trách thứ hai")]
    [InlineData("Input.SecondOwner", "khong-phai-thu", "Địa chỉ thư chưa đúng")]
    [InlineData("Input.Unit", "0190b5f0-0000-7000-8000-000000000000", "Chọn đơn vị")]
    [InlineData("Input.RedirectUris", "", "Nhập ít nhất một redirect URI")]
    [InlineData("Input.RedirectUris", "https://app.example/*", "Có giá trị chưa đúng")]
    public async Task One_wrong_field_refuses_a_good_form_and_keeps_what_was_typed(string field, string value, string says)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        form[field] = value;

        var page = await office.StartAsync(owner, form);

        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Contains("prepare your dossier", page.Html, StringComparison.Ordinal);
        Assert.Equal(0, await office.Admin.InDatabaseAsync(db => db.Applications.CountAsync() ));
        Assert.Equal(0, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync()));
    }

    [Fact]
    public async Task A_unit_of_somebody_else_is_refused()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        form["Input.Unit"] = $"{office.OtherAgency}";

        Assert.Contains("Chọn đơn vị", (await office.StartAsync(owner, form)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_that_the_form_does_not_have_change_nothing()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        foreach (var (name, value) in new[]
                 {
                     ("Input.State", "Live"), ("Input.ProductionClientId", "admin"), ("Input.SandboxClientId", "admin"), ("Input.Id", "0190b5f0-0000-7000-8000-000000000000"), ("Input.Environment", "Production"),
                     ("Application.State", "Live"), ("Reached.Rights", "Review"), ("Input.Connectors", "vnconnect"), ("Input.CreatedBy", "node"), ("Client.Scopes", "vn_pin"), ("Actor.PersonId", "0190b5f0-0000-7000-8000-000000000000"),
                 }) form[name] = value;

        var app = await office.FindAsync(await office.RegisterAsync(owner, form));

        var client = (await office.SandboxAsync(app.Id)).Client;
        Assert.Equal((ApplicationState.Sandbox, (string?)null, $"admin:{owner.PersonId}"), (app.State, app.ProductionClientId, app.CreatedBy));
        Assert.NotEqual("admin", app.SandboxClientId);
        Assert.Equal((ClientEnvironment.Sandbox, "eid-thu"), (client.Environment, Assert.Single(client.Connectors)));
        Assert.DoesNotContain("vn_pin", client.Scopes);
    }

    [Theory]
    [InlineData(ApplicationKind.SinglePage, ApplicationType.Web, ClientAuthenticationMethod.None)]
    [InlineData(ApplicationKind.Mobile, ApplicationType.Native, ClientAuthenticationMethod.None)]
    [InlineData(ApplicationKind.Machine, ApplicationType.Machine, ClientAuthenticationMethod.ClientSecretBasic)]
    public async Task Each_kind_gets_settings_that_fit_it(ApplicationKind kind, ApplicationType type, ClientAuthenticationMethod method)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var form = office.GoodStart();
        form["Input.Kind"] = kind.ToString();

        var client = (await office.SandboxAsync(await office.RegisterAsync(owner, form))).Client;

        Assert.Equal((type, method), (client.ApplicationType, client.TokenEndpointAuthMethod));
        Assert.Equal(kind == ApplicationKind.Machine, client.Allows(GrantType.ClientCredentials));
    }

    [Fact]
    public async Task Production_and_sandbox_never_meet_in_a_configuration()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var client = (await office.SandboxAsync(await office.RegisterAsync(owner))).Client;

        var mixed = await office.Admin.WithAsync((ClientDocuments documents) => Task.FromResult(documents.ProblemsOf(client with { Connectors = ["vnconnect"] })));
        var turned = await office.Admin.WithAsync((ClientDocuments documents) => Task.FromResult(documents.ProblemsOf(client with { Environment = ClientEnvironment.Production })));

        Assert.Contains("connectors", Assert.Single(mixed).Path, StringComparison.Ordinal);
        Assert.Contains("eid-thu", Assert.Single(turned).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_environment_is_refused_by_the_strict_reader() => Assert.IsType<ConfigurationRead.Refused>(new ConfigurationReader(TimeProvider.System, (_, _) => []).Read(
        """{ "clients": [{ "client_id": "x", "environment": "staging", "client_name": { "vi": "a", "en": "a" }, "agency": { "vi": "a", "en": "a" }, "application_type": "machine", "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://a.example/jwks", "grant_types": ["client_credentials"] }] }"""));
}
