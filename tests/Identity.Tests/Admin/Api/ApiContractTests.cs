using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Xunit.Abstractions;

namespace Identity.Tests.Admin.Api;

/// <summary>
/// The description is walked: every operation, and every answer that it promises, is asked for. A promise without a case fails, and so
/// does a case without a promise.
/// </summary>
public sealed class ApiContractTests(ApiStage stage, ITestOutputHelper output) : IClassFixture<ApiStage>
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Every_promise_of_the_description_is_kept(Engine engine) => ApiStage.OnAsync(engine, async own =>
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (operation, method, path, item) in Operations())
        foreach (var promised in item["responses"]!.AsObject().Select(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture)))
        {
            asked++;
            if (await ApiCases.SendAsync(own, operation, method, path, promised) is not { } reply) wrong.Add($"{operation} {promised}: no case");
            else if (reply.Status != promised) wrong.Add($"{operation} {promised}: answered {reply.Status} {reply.Body[..Math.Min(300, reply.Body.Length)]}");
            else if (promised >= 400 && reply.Problem is null) wrong.Add($"{operation} {promised}: no problem document but {reply.MediaType}");
        }
        output.WriteLine($"{asked} promises of {Operations().Count()} operations");
        Assert.Empty(wrong);
    });

    [Fact]
    public void Every_case_belongs_to_a_promise()
    {
        var promised = Operations().SelectMany(o => o.Item["responses"]!.AsObject().Select(r => $"{o.Id} {r.Key}")).ToHashSet();
        Assert.DoesNotContain(ApiCases.Named, name => !promised.Contains(name));
    }

    [Fact]
    public void Every_operation_has_a_name_a_summary_a_door_and_refuses_unknown_members()
    {
        Assert.StartsWith("3.1", stage.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var mapped = ApiMatrixTests.OperationsOf(stage);
        foreach (var (id, _, path, item) in Operations())
        {
            var query = (item["parameters"]?.AsArray() ?? []).Where(p => p!["in"]!.GetValue<string>() == "query").Select(p => p!["name"]!.GetValue<string>());
            Assert.Equal(mapped[id].Query.Order(), query.Order());
            Assert.False(string.IsNullOrEmpty(item["summary"]?.GetValue<string>()), path);
            Assert.NotEmpty(item["security"]!.AsArray());
            Assert.All((string[])["400", "401", "403"], status => Assert.True(item["responses"]!.AsObject().ContainsKey(status), $"{path} {status}"));
        }
    }

    [Fact]
    public async Task M3_every_operation_with_a_body_refuses_a_member_that_nobody_asked_for()
    {
        foreach (var (operation, method, path, item) in Operations().Where(o => o.Item.ContainsKey("requestBody")))
        {
            var sample = await ApiCases.SampleAsync(stage, operation, path);
            foreach (var member in (string[])["id", "is_admin", "roles", "approved_by", "changed_by", "proposed_by"])
            {
                var body = sample.Body!.DeepClone().AsObject();
                body[member] = "x";
                var reply = await stage.Api.SendAsync(method, sample.Path, stage.Administrator, body, sample.Headers);
                Assert.True(reply is { Status: 400, Problem: "unknown-member" } && reply.Json["detail"]!.GetValue<string>() == $"\"{member}\"", $"{operation} {member}: {reply.Status} {reply.Body}");
            }
        }
    }

    internal static IEnumerable<(string Id, HttpMethod Method, string Path, JsonObject Item)> OperationsOf(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "put" or "post" or "delete" or "patch"
        select (operation.Value!["operationId"]!.GetValue<string>(), new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value!.AsObject());

    private IEnumerable<(string Id, HttpMethod Method, string Path, JsonObject Item)> Operations() => OperationsOf(stage.Document);
}
