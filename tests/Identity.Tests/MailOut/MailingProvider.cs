using Identity.Domain.Mail;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.MailOut;

/// <summary>A provider whose mail goes to a relay of the test's own, and whose clock the test turns.</summary>
internal sealed class MailingProvider : IAsyncDisposable
{
    private MailingProvider(TestProvider provider, MailServer relay) => (Provider, Relay) = (provider, relay);

    public TestProvider Provider { get; }
    public MailServer Relay { get; }
    public FixedClock Clock => Provider.Clock!;

    public static async Task<MailingProvider> StartAsync(Engine engine, params (string Key, string Value)[] settings)
    {
        var relay = MailServer.Start();
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        return new(await TestProvider.StartAsync(engine, clock, builder => Configure(builder, relay, settings)), relay);
    }

    /// <summary>Another node that sends through the same relay.</summary>
    public Task<TestProvider> AddNodeAsync(params (string Key, string Value)[] settings) => Provider.AddNodeAsync(builder => Configure(builder, Relay, settings));

    public async Task<Guid> OweAsync(MailTemplate template, string recipient, string? language = "vi", params (string Name, string Value)[] values)
    {
        await using var scope = Provider.Services.CreateAsyncScope();
        var mail = scope.ServiceProvider.GetRequiredService<MailQueue>().Add(template, recipient, language, values.ToDictionary(v => v.Name, v => v.Value));
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().SaveChangesAsync();
        return mail.Id;
    }

    public Task<OutgoingMail> FindAsync(Guid id) => Provider.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().SingleAsync(m => m.Id == id));

    public async Task<OutgoingMail> WhenAsync(Guid id, Func<OutgoingMail, bool> condition)
    {
        await Eventually.IsTrueAsync(async () => condition(await FindAsync(id)), "the mail came to where the test wants it");
        return await FindAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Relay.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, MailServer relay, (string Key, string Value)[] settings) => builder.Configuration.AddInMemoryCollection(
    new Dictionary<string, string?>([.. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)), .. Defaults(relay).Where(d => settings.All(s => s.Key != d.Key))]));

    private static KeyValuePair<string, string?>[] Defaults(MailServer relay) =>
    [
        new("Node:PollInterval", "00:00:01"),
        new("Mail:Host", "localhost"), new("Mail:Port", $"{relay.Port}"), new("Mail:From", "dangnhap@anbinh.example"), new("Mail:Timeout", "00:00:03"),
    ];
}
