using System.Globalization;
using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Mail;

/// <summary>Everybody's mailbox: what the server has sent, newest first.</summary>
internal sealed class MailSite(SmtpSink sink)
{
    static readonly Page Page = new("Hộp thư (mẫu)", "mail");

    public void Map(RouteGroupBuilder site)
    {
        site.MapGet("/", Show);
        // For scripts that drive a journey through a code.
        site.MapGet("/mails.json", () => Results.Json(sink.Newest.Select(m => new { at = m.At, to = m.Recipients, subject = m.Subject, text = m.Text })));
    }

    IResult Show() => Page.Show("Thư đã nhận", sink.Newest.Count == 0
        ? Html.Of($"<p>Chưa có thư nào. Tải lại trang sau khi làm một việc có gửi thư.</p>")
        : Html.Each(sink.Newest, Letter));

    static Html Letter(ReceivedMail mail) => Html.Of($"""
        <section>
        <h2>{mail.Subject}</h2>
        <p>Đến {string.Join(", ", mail.Recipients)} · {mail.At.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture)}</p>
        <pre>{mail.Text}</pre>
        </section>
        """);
}
