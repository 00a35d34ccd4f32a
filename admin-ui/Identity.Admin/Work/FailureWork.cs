using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Statistics;

namespace Identity.Admin.Work;

/// <summary>A reason that came twice as often as a week ago, and applications that send people back: for the province, and for whose application it is.</summary>
public sealed class FailureWork(FailureAlarms alarms, StatisticsAccess access, ClientRegistry registry, PageLanguage language, Texts texts) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var reach = await access.ReachAsync(actor, ct);
        return
        [
            .. (await alarms.ReasonsAsync(reach, ct)).Select(a => new WorkItem(WorkUrgency.Now, "todo.reason_doubled", "/statistics", "todo.open_statistics")
            {
                Subject = a.Word, Values = [("reason", texts.Has($"why.{a.Word}") ? texts[$"why.{a.Word}"] : a.Word), ("amount", SmallNumber.Text(a.Amount, language.Current)), ("before", SmallNumber.Text(a.WeekAgo, language.Current))],
            }),
            .. (await alarms.BouncesAsync(reach, ct)).Select(a => new WorkItem(WorkUrgency.Now, "todo.bounces", $"/statistics?app={Uri.EscapeDataString(a.ClientId)}", "todo.open_statistics")
            {
                Subject = a.ClientId, Values = [("app", registry.FindClient(a.ClientId)?.ClientName.In(language.Current) ?? a.ClientId)],
            }),
        ];
    }
}
