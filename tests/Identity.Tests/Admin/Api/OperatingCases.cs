using System.Text.Json.Nodes;

namespace Identity.Tests.Admin.Api;

internal static class OperatingCases
{
    private const string Connector = "passkey";
    private static readonly (string, string) Old = ("If-Match", "\"v99\"");

    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["addAnnouncement"] = (_, template) => Task.FromResult(new Sample(template, Words())),
            ["getAnnouncement"] = async (s, template) => new(template.Replace("{id}", await AddedAsync(s), StringComparison.Ordinal)),
            ["changeAnnouncement"] = async (s, template) => new(template.Replace("{id}", await AddedAsync(s), StringComparison.Ordinal), Words(), ("If-Match", "\"v1\"")),
            ["endAnnouncement"] = async (s, template) => new(template.Replace("{id}", await AddedAsync(s), StringComparison.Ordinal)),
            ["getConnector"] = (_, template) => Task.FromResult(new Sample(Named(template))),
            ["switchConnector"] = async (s, template) => new(Named(template), new JsonObject { ["enabled"] = true, ["reason"] = "kiểm thử" }, ("If-Match", (await s.Api.GetAsync($"{TestApi.Root}/connectors/{Connector}", s.Administrator)).ETag!)),
            ["testConnector"] = (_, template) => Task.FromResult(new Sample(template.Replace("{name}", "vnconnect", StringComparison.Ordinal))),
            ["previewRotation"] = (_, template) => Task.FromResult(new Sample(template, new JsonObject { ["after_hours"] = 24 })),
            ["rotateKey"] = async (s, template) => new(template, await RotationAsync(s)),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["addAnnouncement 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "addAnnouncement", "/announcements", body => body["text"]!["en"] = " "),
            ["changeAnnouncement 412"] = async s => await s.Api.SendAsync(HttpMethod.Put, $"{TestApi.Root}/announcements/{await AddedAsync(s)}", s.Administrator, Words(), Old),
            ["changeAnnouncement 422"] = s => AreaCases.SendAsync(s, HttpMethod.Put, "changeAnnouncement", "/announcements/{id}", body => body["connector"] = "nothing"),
            ["switchConnector 409"] = SwitchWhatWouldNotHoldAsync,
            ["switchConnector 412"] = s => s.Api.PostAsync($"{TestApi.Root}/connectors/{Connector}/switch", s.Administrator, new { enabled = false, reason = "x" }, Old),
            ["switchConnector 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "switchConnector", "/connectors/{name}/switch", body => body["reason"] = " "),
            ["testConnector 409"] = s => s.Api.SendAsync(HttpMethod.Post, $"{TestApi.Root}/connectors/{Connector}/test", s.Administrator),
            ["previewRotation 422"] = s => s.Api.PostAsync($"{TestApi.Root}/keys/rotation/preview", s.Administrator, new { after_hours = 0 }),
            ["rotateKey 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "rotateKey", "/keys/rotation", body => body["newest_key_id"] = "another"),
            ["rotateKey 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "rotateKey", "/keys/rotation", body => body["algorithm"] = "none"),
        });

    private static string Named(string template) => template.Replace("{name}", Connector, StringComparison.Ordinal);

    private static JsonObject Words() => new()
    {
        ["text"] = new JsonObject { ["vi"] = "Bảo trì tối nay", ["en"] = "Maintenance tonight" }, ["starts_at"] = DateTimeOffset.UtcNow.ToString("O"), ["ends_at"] = DateTimeOffset.UtcNow.AddHours(2).ToString("O"),
    };

    private static async Task<string> AddedAsync(ApiStage stage) => (await stage.Api.PostAsync($"{TestApi.Root}/announcements", stage.Administrator, Words())).Json["id"]!.GetValue<string>();

    /// <summary>Two enabled connectors would claim one domain of mail.</summary>
    private static async Task<ApiReply> SwitchWhatWouldNotHoldAsync(ApiStage stage)
    {
        static string Mail(string name, bool enabled) => $$"""
            {
              "name": "{{name}}", "protocol": "imap", "kind": "official_mail", "display_name": { "vi": "Thư", "en": "Mail" }, "enabled": {{(enabled ? "true" : "false")}}, "order": 90,
              "assurance": { "amr_by_contract": ["pwd"], "level_ceiling": 1, "proofing_ceiling": "mail_only" }, "domains": [{ "name": "hai.mau.example" }],
              "settings": { "issuer": "urn:mau:{{name}}", "host": "localhost", "port": 5085 }
            }
            """;
        await stage.Api.Admin.Provider.ImportAsync($$"""{"connectors":[{{Mail("mail-one", true)}},{{Mail("mail-two", false)}}]}""");
        await stage.Api.Admin.RereadAsync();
        var found = await stage.Api.GetAsync($"{TestApi.Root}/connectors/mail-two", stage.Administrator);
        return await stage.Api.PostAsync($"{TestApi.Root}/connectors/mail-two/switch", stage.Administrator, new { enabled = true, reason = "x" }, ("If-Match", found.ETag!));
    }

    private static async Task<JsonObject> RotationAsync(ApiStage stage)
    {
        var newest = (await stage.Api.GetAsync($"{TestApi.Root}/keys", stage.Administrator)).Json["keys"]!.AsArray()
            .Where(k => k!["algorithm"]!.GetValue<string>() == "ES256" && k["state"]!.GetValue<string>() != "removed").MaxBy(k => k!["activates_at"]!.GetValue<DateTimeOffset>())!;
        return new() { ["algorithm"] = "ES256", ["after_hours"] = 24, ["reason"] = "kiểm thử", ["newest_key_id"] = newest["key_id"]!.GetValue<string>() };
    }
}
