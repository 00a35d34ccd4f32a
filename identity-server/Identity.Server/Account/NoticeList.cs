using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Identity.Server.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>What the person was told lately, in the words of the letters.</summary>
public sealed class NoticeList(IdentityDb db, NoticeBoard board, Texts texts, AccountNames names, TimeProvider clock)
{
    private const int Shown = 10;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    public async Task<IReadOnlyList<NoticeRow>> ReadAsync(Guid personId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Lately;
        var rows = await db.Notices.AsNoTracking().Where(n => n.PersonId == personId && n.At > since).OrderByDescending(n => n.At).Take(Shown).ToListAsync(ct);
        return [.. rows.Select(Row)];
    }

    private NoticeRow Row(Notice notice)
    {
        var (stem, told) = (NoticeBoard.LetterOf(notice.Kind).Name, board.Names(notice));
        return new(texts[$"{stem}.subject"], texts[$"{stem}.what"], new(notice.At, told.GetValueOrDefault("device"), Method: notice.Connector is null ? null : names.Method(notice.Connector)),
            told.GetValueOrDefault("method") ?? told.GetValueOrDefault("org"),
            // Said already, or said about saying so: once is enough.
            notice.DisownedAt is null && notice.Kind != NoticeKind.ReportedNotMe ? notice.Id : null);
    }
}
