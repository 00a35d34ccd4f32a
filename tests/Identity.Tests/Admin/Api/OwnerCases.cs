using System.Text.Json.Nodes;
using Identity.Tests.Applications;

namespace Identity.Tests.Admin.Api;

/// <summary>What owners do with their applications.</summary>
internal static class OwnerCases
{
    private static readonly (string, string) First = ("If-Match", "\"v1\"");
    private static readonly (string, string) Old = ("If-Match", "\"v99\"");

    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["startApplication"] = async (s, template) => new(template, await OwnedApplications.BodyAsync(s)),
            ["getSandbox"] = async (s, template) => new(At(template, await StartedAsync(s))),
            ["changeUse"] = async (s, template) => new(At(template, await StartedAsync(s)), Use(), First),
            ["changeNeeds"] = async (s, template) => new(At(template, await StartedAsync(s)), Needs(), First),
            ["changeSignIn"] = async (s, template) => new(At(template, await StartedAsync(s)), SignIn(), First),
            ["changeLook"] = async (s, template) => new(At(template, await StartedAsync(s)), Look(), First),
            ["changeLogo"] = async (s, template) => new(At(template, await StartedAsync(s)), new JsonObject { ["picture"] = Convert.ToBase64String(Pictures.Png(8, 8)) }, First),
            ["getCredentials"] = async (s, template) => new(At(template, await StartedAsync(s))),
            ["addSecret"] = async (s, template) => new(At(template, await StartedAsync(s)), null, First),
            ["endSecret"] = async (s, template) => await TwoSecretsAsync(s, template),
            ["setKeys"] = async (s, template) => new(At(template, await StartedAsync(s)), new JsonObject { ["jwks_uri"] = "https://app.example/jwks" }, First),
            ["makeKey"] = async (s, template) => new(At(template, await StartedAsync(s)), null, First),
            ["previewProduction"] = async (s, template) => new(At(template, await StartedAsync(s)), new JsonObject { ["redirect_uris"] = new JsonArray("https://app.example/cb"), ["post_logout_redirect_uris"] = new JsonArray() }),
            ["askForProduction"] = async (s, template) => new(At(template, await OwnedApplications.ReadyAsync(s)), OwnedApplications.Wish()),
            ["withdrawRequest"] = async (s, template) => new(At(template, await OwnedApplications.AskedAsync(s))),
            ["commentRequest"] = async (s, template) => new(At(template, await OwnedApplications.AskedAsync(s)), new JsonObject { ["item"] = "purpose", ["text"] = "chào" }),
            ["goLive"] = LiveAsync,
            ["endKey"] = TwoKeysAsync,
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["startApplication 409"] = StartWithoutSandboxConnectorAsync,
            ["startApplication 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "startApplication", "/applications", body => body["name"]!["vi"] = " "),
            ["changeUse 412"] = s => PutAsync(s, "use", Use(), Old),
            ["changeUse 422"] = s => PutAsync(s, "use", Use(body => body["people_per_month"] = -1), First),
            ["changeNeeds 412"] = s => PutAsync(s, "needs", Needs(), Old),
            ["changeNeeds 422"] = s => PutAsync(s, "needs", Needs(body => body["scopes"]!.AsArray().Add("nothing.known")), First),
            ["changeSignIn 409"] = s => PutAsync(s, "sign-in", SignIn(body => body["secret_method"] = "none"), First),
            ["changeSignIn 412"] = s => PutAsync(s, "sign-in", SignIn(), Old),
            ["changeSignIn 422"] = s => PutAsync(s, "sign-in", SignIn(body => body["redirect_uris"] = new JsonArray("no address")), First),
            ["changeLook 412"] = s => PutAsync(s, "look", Look(), Old),
            ["changeLook 422"] = s => PutAsync(s, "look", Look(body => body["name"]!["vi"] = " "), First),
            ["changeLogo 412"] = s => PutAsync(s, "logo", new() { ["picture"] = Convert.ToBase64String(Pictures.Png(8, 8)) }, Old),
            ["changeLogo 413"] = s => PutAsync(s, "logo", new() { ["picture"] = new string('A', 400_000) }, First, ("Expect", "100-continue")),
            ["changeLogo 422"] = s => PutAsync(s, "logo", new() { ["picture"] = "AAAA" }, First),
            ["addSecret 409"] = async s => await s.Api.SendAsync(HttpMethod.Post, Above((await TwoSecretsAsync(s, Secret)).Path), s.Administrator, null, ("If-Match", "\"v2\"")),
            ["addSecret 412"] = async s => await s.Api.SendAsync(HttpMethod.Post, $"{await CredentialsAsync(s)}/secrets", s.Administrator, null, Old),
            ["endSecret 409"] = EndTheLastAsync,
            ["endSecret 412"] = async s => await s.Api.PostAsync((await TwoSecretsAsync(s, Secret)).Path, s.Administrator, new { }, Old),
            ["endSecret 422"] = async s => await s.Api.PostAsync((await TwoSecretsAsync(s, Secret)).Path, s.Administrator, new { at = "2020-01-01T00:00:00Z" }, ("If-Match", "\"v2\"")),
            ["setKeys 412"] = async s => await s.Api.SendAsync(HttpMethod.Put, $"{await CredentialsAsync(s)}/keys", s.Administrator, new { jwks_uri = "https://app.example/jwks" }, Old),
            ["setKeys 422"] = async s => await s.Api.SendAsync(HttpMethod.Put, $"{await CredentialsAsync(s)}/keys", s.Administrator, new { }, First),
            ["setKeys 409"] = async s => await s.Api.SendAsync(HttpMethod.Put, $"{await PublicAsync(s)}/keys", s.Administrator, new { jwks_uri = "https://app.example/jwks" }, First),
            ["makeKey 409"] = async s => await s.Api.SendAsync(HttpMethod.Post, $"{await PublicAsync(s)}/keys", s.Administrator, null, First),
            ["endKey 409"] = EndTheLastKeyAsync,
            ["endKey 412"] = async s => await s.Api.PostAsync((await TwoKeysAsync(s, Key)).Path, s.Administrator, new { }, Old),
            ["endKey 422"] = async s => await s.Api.PostAsync((await TwoKeysAsync(s, Key)).Path, s.Administrator, new { at = "2020-01-01T00:00:00Z" }, ("If-Match", "\"v3\"")),
            ["makeKey 412"] = async s => await s.Api.SendAsync(HttpMethod.Post, $"{await CredentialsAsync(s)}/keys", s.Administrator, null, Old),
            ["askForProduction 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "askForProduction", "/applications/{id}/production/requests", times: 2),
            ["askForProduction 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "askForProduction", "/applications/{id}/production/requests", body => body["contact"] = " "),
            ["withdrawRequest 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "withdrawRequest", "/applications/{id}/production/withdrawal", times: 2),
            ["commentRequest 409"] = async s => await s.Api.PostAsync($"{TestApi.Root}/applications/{await StartedAsync(s)}/production/comments", s.Administrator, new { item = "purpose", text = "chào" }),
            ["commentRequest 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "commentRequest", "/applications/{id}/production/comments", body => body["text"] = " "),
            ["goLive 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "goLive", "/applications/{id}/production/live", times: 2),
        });

    private const string Secret = $"{TestApi.Root}/applications/{{id}}/credentials/{{environment}}/secrets/{{digest}}/ending";

    private const string Key = $"{TestApi.Root}/applications/{{id}}/credentials/{{environment}}/keys/{{thumbprint}}/ending";

    private static string At(string template, Guid id) => template.Replace("{id}", $"{id}", StringComparison.Ordinal).Replace("{environment}", "sandbox", StringComparison.Ordinal);

    private static string Above(string ending) => ending[..(ending.IndexOf("/secrets", StringComparison.Ordinal) + "/secrets".Length)];

    private static async Task<Guid> StartedAsync(ApiStage stage) => OwnedApplications.IdOf(await OwnedApplications.StartAsync(stage));

    private static async Task<string> CredentialsAsync(ApiStage stage) => $"{TestApi.Root}/applications/{await StartedAsync(stage)}/credentials/sandbox";

    private static async Task<ApiReply> PutAsync(ApiStage stage, string section, JsonObject body, params (string, string)[] headers) =>
        await stage.Api.SendAsync(HttpMethod.Put, $"{TestApi.Root}/applications/{await StartedAsync(stage)}/sandbox/{section}", stage.Administrator, body, headers);

    /// <summary>The older of two, in the second version of the document.</summary>
    private static async Task<Sample> TwoSecretsAsync(ApiStage stage, string template)
    {
        var id = await StartedAsync(stage);
        var credentials = $"{TestApi.Root}/applications/{id}/credentials/sandbox";
        var digest = (await stage.Api.GetAsync(credentials, stage.Administrator)).Json["secrets"]![0]!["digest"]!.GetValue<string>();
        Assert.Equal(201, (await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/secrets", stage.Administrator, null, First)).Status);
        return new(At(template, id).Replace("{digest}", digest, StringComparison.Ordinal), new JsonObject { ["though_used_lately"] = false }, ("If-Match", "\"v2\""));
    }

    private static async Task<ApiReply> EndTheLastAsync(ApiStage stage)
    {
        var credentials = await CredentialsAsync(stage);
        var digest = (await stage.Api.GetAsync(credentials, stage.Administrator)).Json["secrets"]![0]!["digest"]!.GetValue<string>();
        return await stage.Api.PostAsync($"{credentials}/secrets/{digest}/ending", stage.Administrator, new { }, First);
    }

    private static async Task<Sample> LiveAsync(ApiStage stage, string template)
    {
        var id = await OwnedApplications.ApprovedAsync(stage);
        return new(At(template, id), await OwnedApplications.ReadAsync(stage, id));
    }

    /// <summary>The older of two, in the third version of the document.</summary>
    private static async Task<Sample> TwoKeysAsync(ApiStage stage, string template)
    {
        var (id, credentials) = await WithKeysAsync(stage, 2);
        return new(At(template, id).Replace("{thumbprint}", await FirstKeyAsync(stage, credentials), StringComparison.Ordinal), new JsonObject { ["though_used_lately"] = false }, ("If-Match", "\"v3\""));
    }

    private static async Task<ApiReply> EndTheLastKeyAsync(ApiStage stage)
    {
        var (_, credentials) = await WithKeysAsync(stage, 1);
        return await stage.Api.PostAsync($"{credentials}/keys/{await FirstKeyAsync(stage, credentials)}/ending", stage.Administrator, new { }, ("If-Match", "\"v2\""));
    }

    private static async Task<(Guid Id, string Credentials)> WithKeysAsync(ApiStage stage, int many)
    {
        var id = await StartedAsync(stage);
        var credentials = $"{TestApi.Root}/applications/{id}/credentials/sandbox";
        for (var made = 1; made <= many; made++) Assert.Equal(201, (await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/keys", stage.Administrator, null, ("If-Match", $"\"v{made}\""))).Status);
        return (id, credentials);
    }

    private static async Task<string> FirstKeyAsync(ApiStage stage, string credentials) => (await stage.Api.GetAsync(credentials, stage.Administrator)).Json["keys"]![0]!["thumbprint"]!.GetValue<string>();

    /// <summary>Of a client that has nothing to prove itself with.</summary>
    private static async Task<string> PublicAsync(ApiStage stage) => $"{TestApi.Root}/applications/{OwnedApplications.IdOf(await OwnedApplications.StartAsync(stage, "single_page"))}/credentials/sandbox";

    private static async Task<ApiReply> StartWithoutSandboxConnectorAsync(ApiStage stage)
    {
        const string Connector = $"{TestApi.Root}/connectors/eid-thu";
        async Task TurnAsync(bool on) => Assert.Equal(200, (await stage.Api.PostAsync($"{Connector}/switch", stage.Administrator, new { enabled = on, reason = "kiểm thử" }, ("If-Match", (await stage.Api.GetAsync(Connector, stage.Administrator)).ETag!))).Status);
        await TurnAsync(false);
        var reply = await stage.Api.PostAsync($"{TestApi.Root}/applications", stage.Administrator, await OwnedApplications.BodyAsync(stage));
        await TurnAsync(true);
        return reply;
    }

    private static JsonObject Use(Action<JsonObject>? change = null) => With(new() { ["capacities"] = new JsonArray("citizen"), ["people_per_month"] = 500 }, change);

    private static JsonObject Needs(Action<JsonObject>? change = null) => With(new() { ["scopes"] = new JsonArray("openid"), ["release"] = new JsonArray() }, change);

    private static JsonObject SignIn(Action<JsonObject>? change = null) =>
        With(new() { ["redirect_uris"] = new JsonArray("https://app.example/cb"), ["post_logout_redirect_uris"] = new JsonArray("https://app.example/"), ["minimum_level"] = 1 }, change);

    private static JsonObject Look(Action<JsonObject>? change = null) => With(new() { ["name"] = OwnedApplications.Words("Đất đai", "Land"), ["purpose"] = OwnedApplications.Words("lập hồ sơ", "prepare it") }, change);

    private static JsonObject With(JsonObject body, Action<JsonObject>? change)
    {
        change?.Invoke(body);
        return body;
    }
}
