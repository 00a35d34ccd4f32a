using System.Text.Json.Nodes;
using Identity.Domain.Administration;

namespace Identity.Tests.Admin.Api;

internal static class RoleCases
{
    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["giveRole"] = async (s, template) => new(template, await GiftAsync(s)),
            ["getRole"] = async (s, template) => new(template.Replace("{id}", await GivenAsync(s), StringComparison.Ordinal)),
            ["endRole"] = async (s, template) => new(template.Replace("{id}", await GivenAsync(s), StringComparison.Ordinal)),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["giveRole 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "giveRole", "/roles", body => body["mail"] = "no address"),
            ["endRole 409"] = EndTheLastAdministratorAsync,
        });

    public static async Task<JsonObject> GiftAsync(ApiStage stage) => new()
    {
        ["role"] = "agency_administrator", ["mail"] = $"can.bo.{stage.NextNumber()}@anbinh.example", ["reason"] = "kiểm thử", ["unit_id"] = $"{await stage.UnitAsync()}",
    };

    public static async Task<string> GivenAsync(ApiStage stage, Action<JsonObject>? change = null)
    {
        var body = await GiftAsync(stage);
        change?.Invoke(body);
        var given = await stage.Api.PostAsync($"{TestApi.Root}/roles", stage.Administrator, body);
        Assert.True(given.Status == 201, given.Body);
        return given.Json["id"]!.GetValue<string>();
    }

    /// <summary>A mailbox that waits for its human, and a machine, keep no province running.</summary>
    private static async Task<ApiReply> EndTheLastAdministratorAsync(ApiStage stage)
    {
        var gift = new RoleGift(AdminRole.Administrator, "kiểm thử") { Mail = "cho@anbinh.example" };
        Assert.Null(await stage.Api.Admin.WithAsync((RoleBook roles) => roles.GiveAsync(gift, "test", CancellationToken.None)));
        return await stage.Api.SendAsync(HttpMethod.Post, $"{TestApi.Root}/roles/{gift.Id}/ending", stage.Administrator);
    }
}
