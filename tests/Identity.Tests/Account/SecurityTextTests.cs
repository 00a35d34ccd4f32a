using System.Net;
using Identity.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Identity.Tests.Account;

/// <summary>RFC 9116: whoever finds a weakness is told where to go, and never sent to a place where nobody is.</summary>
public sealed class SecurityTextTests
{
    private const string Path = "/.well-known/security.txt";
    private static readonly FixedClock Clock = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_contact_is_published_until_it_expires()
    {
        await using var provider = await StartAsync("mailto:an-toan@anbinh.example", "2027-01-01T07:00:00+07:00");
        using var reply = await provider.Http.GetAsync(Path);
        Assert.Equal("text/plain", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"Contact: mailto:an-toan@anbinh.example\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: vi, en\nCanonical: {provider.Issuer}{Path}\n",
            await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("mailto:an-toan@anbinh.example", "2026-04-30T00:00:00Z")]
    public async Task Without_a_contact_that_is_valid_today_there_is_none(string? contact, string? expires)
    {
        await using var provider = await StartAsync(contact, expires);
        Assert.Equal(HttpStatusCode.NotFound, (await provider.Http.GetAsync(Path)).StatusCode);
    }

    [Theory]
    [InlineData("mailto:an-toan@anbinh.example", null)]
    [InlineData("an-toan@anbinh.example", "2027-01-01T00:00:00Z")]
    [InlineData("http://anbinh.example/security", "2027-01-01T00:00:00Z")]
    [InlineData("https://anbinh.example/\nContact: mailto:evil@evil.example", "2027-01-01T00:00:00Z")]
    public Task A_contact_that_nobody_could_use_stops_the_start(string contact, string? expires) =>
        Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(contact, expires));

    private static Task<TestProvider> StartAsync(string? contact, string? expires) => TestProvider.StartAsync(Engine.Sqlite, Clock, builder =>
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Province:SecurityContact"] = contact, ["Province:SecurityContactExpires"] = expires }));
}
