using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.MailOut;

/// <summary>From the row to the relay: once, in order, again when it failed, and not for ever.</summary>
public sealed class MailDeliveryTests
{
    private static readonly MailTemplate Notice = NoticeBoard.LetterOf(NoticeKind.NewDevice);

    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task A_mail_that_is_owed_is_sent_once_and_forgets_to_whom(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        var id = await mailing.OweAsync(Notice, "an@mau.example", "vi", ("device", "Chrome · Android"));
        var mail = await mailing.WhenAsync(id, m => m.State == MailState.Sent);
        Assert.Equal(("", "", 1, "smtp 250"), (mail.SealedRecipient, mail.SealedValues, mail.Attempts, mail.LastResult));
        var received = Assert.Single(mailing.Relay.Received);
        Assert.Equal(("dangnhap@anbinh.example", "an@mau.example"), (received.Sender, received.Recipients.Single()));
        Assert.Equal("Có đăng nhập từ thiết bị mới", received.Subject);
        Assert.Contains("Thiết bị: Chrome · Android", received.Text, StringComparison.Ordinal);
        Assert.Equal("auto-generated", received.Header("Auto-Submitted"));
        Assert.Equal("mail.sent", await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name.StartsWith("mail.")).Select(a => a.Name).SingleAsync()));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_code_goes_before_the_notices_that_came_first(Engine engine)
    {
        // Five in a minute: the sixth has to wait, and it is not the code.
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:PerMinute", "5"));
        mailing.Relay.Answers["MAIL"] = "450 busy";
        foreach (var name in (string[])["a", "b", "c", "d"]) await mailing.OweAsync(Notice, $"{name}@mau.example");
        await Eventually.IsTrueAsync(() => mailing.Relay.Commands.Count(c => c == "MAIL") >= 4, "the relay was busy four times");
        var late = await mailing.OweAsync(Notice, "late@mau.example");
        var code = await mailing.OweAsync(MailTemplate.ContactCode, "code@mau.example", "vi", ("code", "482915"));
        mailing.Relay.Answers.Clear();
        mailing.Clock.Advance(TimeSpan.FromSeconds(5));
        // The rate of the first minute is used up but for what was left of it.
        mailing.Clock.Advance(TimeSpan.FromMinutes(1));
        await mailing.WhenAsync(code, m => m.State == MailState.Sent);
        await mailing.WhenAsync(late, m => m.State == MailState.Sent || m.Attempts == 0);
        Assert.Contains("code@mau.example", mailing.Relay.Received.Take(4).SelectMany(m => m.Recipients));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_busy_relay_is_tried_again_later(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        mailing.Relay.Answers["RCPT"] = "451 try later";
        var id = await mailing.OweAsync(Notice, "an@mau.example");
        var tried = await mailing.WhenAsync(id, m => m.LastResult is not null);
        Assert.Equal((MailState.Pending, "smtp 451"), (tried.State, tried.LastResult));
        Assert.True(tried.NextAttemptAt > mailing.Clock.GetUtcNow() && tried.SealedRecipient.Length > 0);
        mailing.Relay.Answers.Clear();
        mailing.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await mailing.WhenAsync(id, m => m.State == MailState.Sent)).Attempts);
    }

    [Theory]
    [InlineData("MAIL", "553 unknown sender", "smtp 553")]
    [InlineData("RCPT", "550 no such mailbox an@mau.example", "smtp 550")]
    [InlineData(".", "554 refused: an@mau.example", "smtp 554")]
    public async Task A_relay_that_refuses_for_good_is_not_asked_again(string at, string answer, string result)
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        mailing.Relay.Answers[at] = answer;
        var mail = await mailing.WhenAsync(await mailing.OweAsync(Notice, "an@mau.example"), m => m.State != MailState.Pending);
        Assert.Equal((MailState.Failed, result, ""), (mail.State, mail.LastResult, mail.SealedRecipient));
        var entry = await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.SingleAsync(a => a.Name == "mail.failed"));
        Assert.Equal((result, "failed"), (entry.Reason, entry.Outcome));
        Assert.DoesNotContain(mailing.Provider.Log.Lines, line => line.Contains("an@mau.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_relay_that_is_down_or_silent_loses_nothing()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Timeout", "00:00:02"));
        mailing.Relay.IsSilent = true;
        var id = await mailing.OweAsync(Notice, "an@mau.example");
        Assert.Equal("timeout", (await mailing.WhenAsync(id, m => m.LastResult is not null)).LastResult);
        mailing.Relay.IsSilent = false;
        mailing.Relay.Answers[""] = "421 going down";
        mailing.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("smtp 421", (await mailing.WhenAsync(id, m => m.Attempts == 2 && m.LastResult != "timeout")).LastResult, StringComparison.Ordinal);
        mailing.Relay.Answers.Clear();
        mailing.Clock.Advance(TimeSpan.FromMinutes(3));
        await mailing.WhenAsync(id, m => m.State == MailState.Sent);
        Assert.Single(mailing.Relay.Received);
    }

    [Fact]
    public async Task Nothing_is_tried_for_ever()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        mailing.Relay.Answers["MAIL"] = "450 busy";
        var id = await mailing.OweAsync(Notice, "an@mau.example");
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            // The row tells a claim from a receipt by nothing; the log does.
            await Eventually.IsTrueAsync(() => mailing.Provider.Log.Lines.Any(line => line.Contains($"smtp 450, attempt {attempt},", StringComparison.Ordinal)), $"attempt {attempt}");
            mailing.Clock.Advance((await mailing.FindAsync(id)).NextAttemptAt - mailing.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        }
        Assert.Equal((MailState.Failed, 8), ((await mailing.FindAsync(id)).State, (await mailing.FindAsync(id)).Attempts));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_code_whose_time_has_passed_is_never_sent(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        mailing.Relay.Answers["MAIL"] = "450 busy";
        var id = await mailing.OweAsync(MailTemplate.ContactCode, "an@mau.example", "vi", ("code", "482915"));
        await mailing.WhenAsync(id, m => m.LastResult is not null);
        mailing.Relay.Answers.Clear();
        mailing.Clock.Advance(TimeSpan.FromMinutes(16));
        var mail = await mailing.WhenAsync(id, m => m.State != MailState.Pending);
        Assert.Equal((MailState.Expired, ""), (mail.State, mail.SealedValues));
        Assert.Empty(mailing.Relay.Received);
        Assert.Equal("failed", await mailing.Provider.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == "mail.expired").Select(a => a.Outcome).SingleAsync()));
    }

    [Fact]
    public async Task Without_a_relay_mails_wait_and_codes_run_out()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite, ("Mail:Host", ""));
        var (notice, code) = (await mailing.OweAsync(Notice, "an@mau.example"), await mailing.OweAsync(MailTemplate.ContactCode, "an@mau.example", "vi", ("code", "482915")));
        mailing.Clock.Advance(TimeSpan.FromMinutes(16));
        await mailing.WhenAsync(code, m => m.State == MailState.Expired);
        Assert.Equal((MailState.Pending, 0), ((await mailing.FindAsync(notice)).State, (await mailing.FindAsync(notice)).Attempts));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_node_had_claimed_when_it_died_is_sent_by_another(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine, ("Mail:Host", ""));
        var id = await mailing.OweAsync(Notice, "an@mau.example");
        // As a node leaves it that was killed between its claim and the relay.
        await mailing.Provider.InDatabaseAsync(async db =>
        {
            var until = mailing.Clock.GetUtcNow().AddSeconds(50);
            return await db.OutgoingMails.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, until).SetProperty(m => m.Attempts, 1));
        });
        await using var other = await mailing.AddNodeAsync();
        await mailing.OweAsync(Notice, "binh@mau.example");
        await Eventually.IsTrueAsync(() => mailing.Relay.Received.Count == 1, "the other node sends");
        Assert.Equal("binh@mau.example", mailing.Relay.Received.Single().Recipients.Single());
        mailing.Clock.Advance(TimeSpan.FromSeconds(51));
        Assert.Equal(2, (await mailing.WhenAsync(id, m => m.State == MailState.Sent)).Attempts);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task All_nodes_together_send_everything_once(Engine engine)
    {
        await using var mailing = await MailingProvider.StartAsync(engine);
        // One file, one node: several are for PostgreSQL.
        await using var other = engine == Engine.PostgreSql ? await mailing.AddNodeAsync() : null;
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++) ids.Add(await mailing.OweAsync(Notice, $"so{i}@mau.example"));
        foreach (var id in ids) await mailing.WhenAsync(id, m => m.State == MailState.Sent);
        Assert.Equal(12, mailing.Relay.Received.Select(m => m.Recipients.Single()).Distinct().Count());
        Assert.Equal(12, mailing.Relay.Received.Count);
    }

    [Fact]
    public async Task A_mail_whose_caller_rolled_back_was_never_owed()
    {
        await using var mailing = await MailingProvider.StartAsync(Engine.Sqlite);
        await using (var scope = mailing.Provider.Services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<MailQueue>().Add(Notice, "an@mau.example", "vi", new Dictionary<string, string>());
        Assert.Equal(0, await mailing.Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync()));
    }
}
