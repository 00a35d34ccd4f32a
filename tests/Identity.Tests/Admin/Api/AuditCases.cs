namespace Identity.Tests.Admin.Api;

internal static class AuditCases
{
    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["getAuditRow"] = (_, template) => Task.FromResult(new Sample(template.Replace("{sequence}", "1", StringComparison.Ordinal))),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["getAuditRow 404"] = s => s.Api.GetAsync($"{TestApi.Root}/audit/rows/99999999", s.Administrator),
            ["getAuditState 404"] = async s => await s.Api.GetAsync($"{TestApi.Root}/audit/state", await s.AgencyAsync()),
            ["verifyAudit 404"] = async s => await s.Api.SendAsync(HttpMethod.Post, $"{TestApi.Root}/audit/verification", await s.AgencyAsync()),
        });
}
