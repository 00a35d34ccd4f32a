using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.People;

/// <summary>"Verified" is said of one value by one source, and goes where that value goes.</summary>
public sealed class VerdictTests
{
    private static readonly Dictionary<string, string> OfAgency = new() { ["email"] = "nva@mau.example", ["email_verified"] = "true" };
    private static readonly Dictionary<string, string> OfEid = new() { ["email"] = "rieng@thu.example" };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mailbox_that_an_agency_vouches_for_does_not_verify_the_address_of_the_e_id(Engine engine)
    {
        var attributes = await AfterAsync(engine, (ProofingLevel.Level02, OfEid), (ProofingLevel.MailOnly, OfAgency));
        Assert.Equal(OfEid, attributes);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_better_sources_address_does_not_inherit_the_verdict_about_the_one_before(Engine engine)
    {
        var attributes = await AfterAsync(engine, (ProofingLevel.MailOnly, OfAgency), (ProofingLevel.Level02, OfEid));
        Assert.Equal(OfEid, attributes);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_address_keeps_what_was_said_about_it(Engine engine)
    {
        var same = new Dictionary<string, string> { ["email"] = "nva@mau.example" };
        Assert.Equal(OfAgency, await AfterAsync(engine, (ProofingLevel.Level02, same), (ProofingLevel.MailOnly, OfAgency)));
        Assert.Equal(OfAgency, await AfterAsync(engine, (ProofingLevel.MailOnly, OfAgency), (ProofingLevel.Level02, same)));
    }

    /// <summary>A renamed mailbox says both at once. In whichever order: the verdict is about the address that comes, not the one that goes.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_address_that_changes_brings_its_verdict_along(Engine engine)
    {
        var renamed = new Dictionary<string, string> { ["email"] = "nva-moi@mau.example", ["email_verified"] = "true" };
        foreach (var said in (Dictionary<string, string>[])[renamed, new(renamed.Reverse())])
            Assert.Equal(renamed, await AfterAsync(engine, (ProofingLevel.MailOnly, OfAgency), (ProofingLevel.MailOnly, said)));
    }

    /// <summary>What is known of a person who came through one door and then added another; or came through the same one again, where the levels are equal.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> AfterAsync(Engine engine, (ProofingLevel Level, Dictionary<string, string> Attributes) first, (ProofingLevel Level, Dictionary<string, string> Attributes) second)
    {
        var (provider, door) = (await TestProvider.SharedAsync(engine), Guid.NewGuid());
        Guid id;
        await using (var scope = provider.Services.CreateAsyncScope())
        {
            id = scope.ServiceProvider.GetRequiredService<PersonDirectory>().Create(Identity(door, first.Level, first.Attributes)).Id;
            await scope.ServiceProvider.GetRequiredService<IdentityDb>().SaveChangesAsync();
        }
        await using (var scope = provider.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PersonDirectory>().EnterAsync(id, Identity(door, second.Level, second.Attributes), addLink: first.Level != second.Level, reopen: false, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<IdentityDb>().SaveChangesAsync();
        }
        await using var last = provider.Services.CreateAsyncScope();
        return await last.ServiceProvider.GetRequiredService<PersonDirectory>().AttributesAsync(id, CancellationToken.None);
    }

    private static ExternalIdentity Identity(Guid door, ProofingLevel level, Dictionary<string, string> attributes) =>
        new($"c-{level}", $"urn:test:{level}", door.ToString(), ExternalSubjectKind.Individual, level, attributes, ["pwd"], DateTimeOffset.UtcNow);
}
