using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Work;

/// <summary>The yearly question: for owners who have to answer it, for whoever can name others when they did not, and for whoever may switch off what nobody uses any more.</summary>
public sealed class ConfirmationWork(OpenConfirmations confirmations, PageLanguage language, TimeProvider clock) : IWorkSource
{
    /// <summary>More stand in the list.</summary>
    private const int Most = 5;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var (asked, unanswered) = (await confirmations.OfOwnerAsync(actor, Most, ct), await confirmations.UnansweredAsync(actor, Most + 1, ct));
        List<WorkItem> items = [.. asked.Select(c => ItemFor(c, c.DueAt <= clock.GetUtcNow() ? "todo.overdue" : "todo.confirm", "todo.answer")), .. unanswered.Take(Most).Select(c => ItemFor(c, "todo.unconfirmed", "todo.open_app"))];
        if (unanswered.Count > Most) items.Add(new(WorkUrgency.Soon, "todo.unconfirmed_more", "/apps?of=unconfirmed", "todo.open_list"));
        items.AddRange((await confirmations.ClosingsAsync(actor, Most, ct)).Select(c => new WorkItem(WorkUrgency.Soon, "todo.closing", $"/configuration/proposal?id={c.ProposalId}", "todo.open_proposal")
        {
            Subject = $"{c.ProposalId}", Values = [("app", In(c.NameVi, c.NameEn))], Since = c.AskedAt,
        }));
        return items;
    }

    private WorkItem ItemFor(OpenConfirmation open, string text, string link) => new(open.DueAt <= clock.GetUtcNow() ? WorkUrgency.Now : WorkUrgency.Soon, text, $"/apps/{open.ApplicationId}#still-used", link)
    {
        Subject = $"{open.ApplicationId}", Until = open.DueAt, Values = [("app", In(open.NameVi, open.NameEn)), ("unit", In(open.UnitVi, open.UnitEn)), ("day", new ClockTime(open.DueAt, dayOnly: true))],
    };

    private string In(string vi, string en) => language.Current == "en" ? en : vi;
}
