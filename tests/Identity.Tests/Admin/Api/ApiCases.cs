using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Identity.Tests.Admin.Api;

/// <summary>A request that works for every operation, and for every promised answer the one thing that brings it about.</summary>
internal static class ApiCases
{

    private static readonly (string, string) First = ("If-Match", "\"v1\"");
    private static readonly Guid Nobody = Guid.Parse("00000000-0000-7000-8000-000000000001");

    /// <summary>Operations whose body says for which agency.</summary>
    public static readonly HashSet<string> NameAnAgency = ["giveRole", "startApplication"];

    /// <summary>Operations that are about no agency at all: a failure code holds nobody, so every desk may ask.</summary>
    public static readonly HashSet<string> OpenToEveryAgency = ["getFailure"];

    /// <summary>The cases of each area.</summary>
    private static readonly AreaCases[] Areas = [RoleCases.All, AuditCases.All, PeopleCases.All, OperatingCases.All, OrganisationCases.All, ApplicationCases.All, OwnerCases.All];

    /// <summary>Answers that need more than the sample with one thing broken.</summary>
    private static readonly Dictionary<string, Func<ApiStage, Task<ApiReply>>> Special = new()
    {
        ["putItem 201"] = s => s.Api.SendAsync(HttpMethod.Put, $"{TestApi.Root}/configuration/items/sector/brand-new", s.Administrator,
            JsonNode.Parse("""{"reason":"kiểm thử","document":{"name":"brand-new","display_name":{"vi":"Mới","en":"New"}}}"""), ("If-None-Match", "*")),
        ["putItem 404"] = s => s.Api.SendAsync(HttpMethod.Put, $"{TestApi.Root}/configuration/items/nothing/rp", s.Administrator, JsonNode.Parse("""{"reason":"x","document":{}}"""), First),
        ["putItem 409"] = async s => await PutAsync(s, d => d["redirect_uris"]!.AsArray().Add("https://rp.example/new"), First),
        ["putItem 412"] = async s => await PutAsync(s, d => d["client_name"]!["vi"] = "Tên mới", ("If-Match", "\"v7\"")),
        ["putItem 422"] = async s => await PutAsync(s, d => d["sektor"] = "x", First),
        ["previewItem 404"] = s => s.Api.PostAsync($"{TestApi.Root}/configuration/items/nothing/rp/preview", s.Administrator, new { document = new { } }),
        ["previewItem 422"] = s => s.Api.PostAsync($"{TestApi.Item}/preview", s.Administrator, new { document = new { } }),
        ["rollBackItem 404"] = async s => await RollBackAsync(s, JsonNode.Parse("""{"to":9}"""), "\"v2\""),
        ["rollBackItem 412"] = async s => await RollBackAsync(s, JsonNode.Parse("""{"to":1}"""), "\"v7\""),
        ["rollBackItem 422"] = async s => await RollBackAsync(s, new JsonObject { ["to"] = 1, ["reason"] = new string('x', 2_001) }, "\"v2\""),
        ["proposeChange 404"] = s => s.Api.PostAsync($"{TestApi.Root}/configuration/proposals", s.Administrator, new { kind = "client", name = "nobody", base_version = 0, reason = "x", remove = true }),
        ["proposeChange 409"] = async s => await ProposeAsync(s, change: _ => { }),
        ["proposeChange 412"] = async s => await ProposeAsync(s, version: 7),
        ["proposeChange 422"] = async s => await ProposeAsync(s, change: d => d["sektor"] = "x"),
        ["approveProposal 409"] = s => DecideAsync(s, "approval", again: true),
        ["approveProposal 412"] = s => DecideAsync(s, "approval", before: async address => Assert.Equal(200, (await s.Api.SendAsync(HttpMethod.Put, address, s.Administrator, await s.RenamedAsync(address), First)).Status)),
        ["approveProposal 422"] = ApproveWhatBecameWrongAsync,
        ["refuseProposal 409"] = s => DecideAsync(s, "refusal", again: true),
        ["refuseProposal 422"] = s => DecideAsync(s, "refusal", body: "{}"),
        ["withdrawProposal 409"] = WithdrawTwiceAsync,
        ["importConfiguration 409"] = s => ImportAsync(s, """{"scopes":[{"name":"new.scope","display_name":{"vi":"x","en":"x"},"claims":["name"]}]}"""),
        ["importConfiguration 422"] = s => ImportAsync(s, """{"sektors":[]}"""),
    };

    public static IReadOnlyCollection<string> Named => [.. Special.Keys, .. Areas.SelectMany(a => a.Special.Keys)];

    public static async Task<ApiReply?> SendAsync(ApiStage stage, string operation, HttpMethod method, string template, int promised)
    {
        if (Special.Concat(Areas.SelectMany(a => a.Special)).FirstOrDefault(c => c.Key == $"{operation} {promised}").Value is { } special) return await special(stage);
        var sample = await SampleAsync(stage, operation, template);
        Task<ApiReply> As(string? token, string path, object? body, params (string, string)[] headers) => stage.Api.SendAsync(method, path, token, body, headers);
        return promised switch
        {
            200 or 201 or 204 => await As(stage.Administrator, sample.Path, sample.Body, sample.Headers),
            400 => await As(stage.Administrator, $"{sample.Path}{(sample.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}unknown=1", sample.Body, sample.Headers),
            401 => await As(null, sample.Path, sample.Body, sample.Headers),
            403 => await As(stage.Powerless, sample.Path, sample.Body, sample.Headers),
            404 => await As(stage.Administrator, Missing(template), sample.Body, sample.Headers),
            // It waits for leave to send: the refusal would meet a half-sent body.
            413 => await As(stage.Administrator, sample.Path, $$"""{"reason":"{{new string('x', operation is "importConfiguration" or "uploadStaffList" ? 17_000_000 : 70_000)}}"}""", [.. sample.Headers, ("Expect", "100-continue")]),
            415 => await AsTextAsync(stage, method, sample),
            428 => await As(stage.Administrator, sample.Path, sample.Body),
            _ => null,
        };
    }

    /// <summary>A request that works, on things that nobody else touches.</summary>
    public static async Task<Sample> SampleAsync(ApiStage stage, string operation, string template)
    {
        if (Areas.SelectMany(a => a.Samples).FirstOrDefault(s => s.Key == operation).Value is { } ofArea) return await ofArea(stage, template);
        switch (operation)
        {
            case "putItem":
                var put = await stage.NewClientAsync();
                return new(put, await stage.RenamedAsync(put), First);
            case "previewItem":
                var previewed = await stage.NewClientAsync();
                return new($"{previewed}/preview", new JsonObject { ["document"] = (await stage.RenamedAsync(previewed))["document"]!.DeepClone() });
            case "rollBackItem":
                var changed = await ChangedAsync(stage);
                return new($"{changed}/rollback", new JsonObject { ["to"] = 1 }, ("If-Match", "\"v2\""));
            case "proposeChange":
                return new(template, await stage.ProposalBodyAsync(await stage.NewClientAsync()));
            case "getProposal" or "approveProposal" or "refuseProposal":
                var id = await stage.ProposedAsync(await stage.NewClientAsync());
                return new(template.Replace("{id}", $"{id}", StringComparison.Ordinal), operation == "getProposal" ? null : new JsonObject { ["reason"] = "đã xem" });
            case "withdrawProposal":
                var own = await stage.Api.PostAsync($"{TestApi.Root}/configuration/proposals", stage.Administrator, await stage.ProposalBodyAsync(await stage.NewClientAsync()));
                return new(template.Replace("{id}", own.Json["id"]!.GetValue<string>(), StringComparison.Ordinal));
            case "importConfiguration":
                return new(template, JsonNode.Parse("""{"reason":"kiểm thử","document":{"sectors":[{"name":"imported","display_name":{"vi":"Đã nhập","en":"Imported"}}]}}""")!.AsObject());
            case "getUnit":
                var units = (await stage.Api.GetAsync($"{TestApi.Root}/organisations/units", stage.Administrator)).Json["units"]!.AsArray();
                return new(template.Replace("{id}", units.Count > 0 ? units[0]!["id"]!.GetValue<string>() : $"{await stage.UnitAsync()}", StringComparison.Ordinal));
            default:
                return new(template.Replace("{kind}", "client", StringComparison.Ordinal).Replace("{name}", "rp", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal));
        }
    }

    private static string Missing(string template) => template.Replace("{kind}", template.EndsWith("{kind}", StringComparison.Ordinal) ? "nothing" : "client", StringComparison.Ordinal)
        .Replace("{name}", "nobody", StringComparison.Ordinal).Replace("{version}", "99", StringComparison.Ordinal).Replace("{id}", $"{Nobody}", StringComparison.Ordinal).Replace("{session}", $"{Nobody}", StringComparison.Ordinal).Replace("{member}", $"{Nobody}", StringComparison.Ordinal);

    private static async Task<ApiReply> AsTextAsync(ApiStage stage, HttpMethod method, Sample sample)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, stage.Api.Admin.Address + sample.Path) { Content = new StringContent(sample.Body!.ToJsonString(), new MediaTypeHeaderValue("text/plain")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stage.Administrator);
        foreach (var (name, value) in sample.Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await http.SendAsync(request);
        return await ApiReply.ReadAsync(reply);
    }

    private static async Task<ApiReply> PutAsync(ApiStage stage, Action<JsonObject> change, (string, string) match)
    {
        var address = await stage.NewClientAsync();
        return await stage.Api.SendAsync(HttpMethod.Put, address, stage.Administrator, await stage.ChangedAsync(address, change), match);
    }

    private static async Task<string> ChangedAsync(ApiStage stage)
    {
        var address = await stage.NewClientAsync();
        Assert.Equal(200, (await stage.Api.SendAsync(HttpMethod.Put, address, stage.Administrator, await stage.RenamedAsync(address), First)).Status);
        return address;
    }

    private static async Task<ApiReply> RollBackAsync(ApiStage stage, JsonNode? body, string match) =>
        await stage.Api.PostAsync($"{await ChangedAsync(stage)}/rollback", stage.Administrator, body!, ("If-Match", match));

    private static async Task<ApiReply> ProposeAsync(ApiStage stage, int version = 1, Action<JsonObject>? change = null) =>
        await stage.Api.PostAsync($"{TestApi.Root}/configuration/proposals", stage.Administrator, await stage.ProposalBodyAsync(await stage.NewClientAsync(), version, change));

    private static async Task<ApiReply> DecideAsync(ApiStage stage, string verb, bool again = false, string body = """{"reason":"đã xem"}""", Func<string, Task>? before = null)
    {
        var address = await stage.NewClientAsync();
        var id = await stage.ProposedAsync(address);
        if (before is not null) await before(address);
        var reply = await stage.Api.PostAsync($"{TestApi.Root}/configuration/proposals/{id}/{verb}", stage.Administrator, body);
        return again ? await stage.Api.PostAsync($"{TestApi.Root}/configuration/proposals/{id}/{verb}", stage.Administrator, body) : reply;
    }

    /// <summary>It asked for a scope that went away while it waited.</summary>
    private static async Task<ApiReply> ApproveWhatBecameWrongAsync(ApiStage stage)
    {
        await stage.Api.Admin.Provider.ImportAsync("""{"scopes":[{"name":"short.lived","display_name":{"vi":"Tạm","en":"Short-lived"},"claims":["name"]}]}""");
        var id = await stage.ProposedAsync(await stage.NewClientAsync(), d => d["scopes"]!.AsArray().Add("short.lived"));
        await stage.RemoveAsync("scope", "short.lived");
        return await stage.Api.PostAsync($"{TestApi.Root}/configuration/proposals/{id}/approval", stage.Administrator, "{}");
    }

    private static async Task<ApiReply> WithdrawTwiceAsync(ApiStage stage)
    {
        var sample = await SampleAsync(stage, "withdrawProposal", $"{TestApi.Root}/configuration/proposals/{{id}}/withdrawal");
        await stage.Api.SendAsync(HttpMethod.Post, sample.Path, stage.Administrator);
        return await stage.Api.SendAsync(HttpMethod.Post, sample.Path, stage.Administrator);
    }

    private static Task<ApiReply> ImportAsync(ApiStage stage, string document) =>
        stage.Api.PostAsync($"{TestApi.Root}/configuration/import", stage.Administrator, $$"""{"reason":"kiểm thử","document":{{document}}}""");
}
