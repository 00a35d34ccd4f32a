using System.Text.Json.Nodes;

namespace Identity.Tests.Admin.Api;

internal sealed record Sample(string Path, JsonObject? Body = null, params (string Name, string Value)[] Headers);

/// <summary>What the contract needs to know of one area of the API.</summary>
/// <param name="Samples">By operation: from its template, a request that works.</param>
/// <param name="Special">By operation and status: what brings that answer about, where it is more than the sample with one thing broken.</param>
internal sealed record AreaCases(IReadOnlyDictionary<string, Func<ApiStage, string, Task<Sample>>> Samples, IReadOnlyDictionary<string, Func<ApiStage, Task<ApiReply>>> Special)
{
    /// <summary>The sample of the operation, whose body the case may still break, sent by the administrator's account.</summary>
    public static async Task<ApiReply> SendAsync(ApiStage stage, HttpMethod method, string operation, string template, Action<JsonObject>? change = null, int times = 1)
    {
        var sample = await ApiCases.SampleAsync(stage, operation, TestApi.Root + template);
        change?.Invoke(sample.Body!);
        ApiReply? reply = null;
        for (var i = 0; i < times; i++) reply = await stage.Api.SendAsync(method, sample.Path, stage.Administrator, sample.Body, sample.Headers);
        return reply!;
    }
}
