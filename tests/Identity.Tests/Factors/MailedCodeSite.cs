using System.Globalization;
using Identity.Domain.Mail;
using Identity.Tests.Harness;
using Identity.Tests.MailOut;
using Identity.Tests.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Factors;

/// <summary>A provider that can mail, and people who have a password, a proved address and nothing else.</summary>
internal sealed class MailedCodeSite(MailingProvider mailing) : IAsyncDisposable
{
    public MailingProvider Mailing => mailing;
    public TestProvider Provider => mailing.Provider;
    public FixedClock Clock => mailing.Clock;

    /// <summary>The relay takes nothing until a test says so: a letter that was delivered holds its code no longer.</summary>
    public static async Task<MailedCodeSite> StartAsync(Engine engine, params (string Key, string Value)[] settings)
    {
        var site = new MailedCodeSite(await MailingProvider.StartAsync(engine, settings));
        site.Mailing.Relay.IsSilent = true;
        return site;
    }

    public async Task<FactorVisitor> NewPersonAsync()
    {
        var visitor = await FactorVisitor.NewAsync(Provider);
        await ProveAddressAsync(visitor);
        visitor.Forget();
        // The code of the proof is no longer counted against the next ones.
        Clock.Advance(TimeSpan.FromMinutes(16));
        return visitor;
    }

    public static string AddressOf(FactorVisitor visitor) => $"{visitor.Name}@thu.example";

    public async Task ProveAddressAsync(FactorVisitor visitor)
    {
        await visitor.OpenAsync("/account/contact");
        await ContactTests.ProveAsync(mailing, visitor.Browser, AddressOf(visitor));
    }

    /// <summary>Signed in by password, at the page that asks for the code, with the code on its way.</summary>
    public async Task<TestPage> AskedAsync(FactorVisitor visitor, params (string Name, string? Value)[] changes) => await SendAsync(visitor, await visitor.SignInForAsync(2, changes));

    public static Task<TestPage> SendAsync(FactorVisitor visitor, TestPage page) => visitor.Browser.SubmitAsync(page, "/step-up/mail/send");

    public static async Task<TestPage> TypeAsync(FactorVisitor visitor, TestPage page, string code) => await visitor.PassAsync(await visitor.Browser.SubmitAsync(page, "/step-up/mail", ("code", code)));

    /// <summary>The newest code, as its mail will say it.</summary>
    public async Task<string> CodeAsync()
    {
        var mail = await Provider.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.Template == MailTemplate.SignInCode.Name).OrderByDescending(m => m.Id).FirstAsync());
        using var scope = Provider.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<MailQueue>().Open(mail).Values[MailTemplate.CodeValue];
    }

    public static string OtherThan(string code) => ((int.Parse(code, CultureInfo.InvariantCulture) + 1) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    public Task<int> MailsAsync() => Provider.InDatabaseAsync(db => db.OutgoingMails.CountAsync(m => m.Template == MailTemplate.SignInCode.Name));

    public Task<int> TimesAsync(string deed) => Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == deed));

    public ValueTask DisposeAsync() => mailing.DisposeAsync();
}
