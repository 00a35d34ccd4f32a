using System.Text.Json;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Delegation;

/// <summary>A new person in a new browser, with businesses, offices and mandates of their own.</summary>
internal sealed class ActingPerson : IDisposable
{
    private static int _stems;

    private ActingPerson(TestProvider provider, string user, Guid id) => (Provider, User, Id, Browser) = (provider, user, id, provider.NewBrowser());

    public TestProvider Provider { get; }
    public string User { get; }
    public Guid Id { get; }
    public TestBrowser Browser { get; }

    public static async Task<ActingPerson> NewAsync(Engine engine) => await NewAsync(await TestProvider.SharedAsync(engine));

    public static async Task<ActingPerson> NewAsync(TestProvider provider)
    {
        var user = await Someone.NewAsync(provider);
        return new(provider, user, await IdOfAsync(provider, user));
    }

    public TestRelyingParty Rp(string client) => TestRelyingParty.Of(Provider, client);

    public Task<Affiliation> OfficerAsync(string company = "Công ty TNHH Mẫu") => StandAsync(AffiliationKind.LegalRepresentative, RepresentationStrength.RegisteredOfficer, company);

    public async Task<Affiliation> StandAsync(AffiliationKind kind, RepresentationStrength strength, string company = "Công ty TNHH Mẫu", Action<Organisation>? change = null)
    {
        var organisation = new Organisation { TaxCode = NewTaxCode(), Name = company, Source = "test", CreatedAt = DateTimeOffset.UtcNow };
        change?.Invoke(organisation);
        return await AddAsync(organisation, new Affiliation { PersonId = Id, OrganisationId = organisation.Id, Kind = kind, Strength = strength, Source = "test", ValidFrom = Yesterday });
    }

    public async Task<Affiliation> OfficialAsync(string unit = "Sở Mẫu")
    {
        var row = new OrgUnit { Code = $"H99.{NextStem():D7}", NameVi = unit, NameEn = "Sample department", Level = OrgUnitLevel.Department, ValidFrom = Yesterday };
        return await AddAsync(row, new Affiliation
        {
            PersonId = Id, OrgUnitId = row.Id, Kind = AffiliationKind.Official, Strength = RepresentationStrength.ConfirmedByAdministrator,
            Source = AffiliationSource.HumanResources, Position = "Chuyên viên", Roles = "reader clerk", ValidFrom = Yesterday,
        });
    }

    /// <summary>Gives what this person has to somebody else, accepted.</summary>
    public async Task<Mandate> GiveAsync(ActingPerson to, string from = Capacity.SelfId, string? services = null, int steps = 0, string? parameters = null)
    {
        var outcome = await OfficeAsync(office => office.GiveAsync(Terms(to, from) with { Services = services, FurtherSteps = steps, Parameters = parameters }, accepted: true, CancellationToken.None));
        return Assert.IsType<MandateOutcome.Given>(outcome).Mandate;
    }

    public MandateTerms Terms(ActingPerson to, string from) => new(Id, to.Id, from, Yesterday, NextMonth);

    public async Task<T> OfficeAsync<T>(Func<MandateOffice, Task<T>> work)
    {
        await using var scope = Provider.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<MandateOffice>());
    }

    /// <summary>From the application to the chooser, or to whatever comes instead.</summary>
    public async Task<TestPage> AskAsync(string client, params (string Name, string? Value)[] changes)
    {
        var page = await Rp(client).AuthorizeAsync(Browser, changes);
        return Someone.AsksForPassword(page) ? await Someone.SignInAsync(Browser, page, User) : page;
    }

    /// <summary>Chooses, and agrees to the release when it is asked.</summary>
    public async Task<TestPage> ChooseAsync(TestPage page, string capacity) =>
        await TestRelyingParty.AgreeAsync(Browser, await Browser.SubmitAsync(page, "/acting-for", ("capacity", capacity)));

    /// <summary>The whole way to tokens in this capacity.</summary>
    public async Task<TestReply> TokensAsync(string client, string capacity, params (string Name, string? Value)[] changes)
    {
        var page = await AskAsync(client, changes);
        if (IsChooser(page)) page = await ChooseAsync(page, capacity);
        return await RedeemAsync(client, page);
    }

    public async Task<TestReply> RedeemAsync(string client, TestPage answer)
    {
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), $"{answer.Address} {answer.Text} {answer.LeftFor}");
        var reply = await Rp(client).TokenAsync(Rp(client).Exchange(answer.Answer["code"]));
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    public static bool IsChooser(TestPage page) => page.Address.AbsolutePath.EndsWith("/acting-for", StringComparison.Ordinal);

    public static IEnumerable<string> Offered(TestPage page) => page.Document.QuerySelectorAll("input[name=capacity]").Select(radio => radio.GetAttribute("value")!);

    public static JsonElement Claims(string token)
    {
        using var payload = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(TestReply.Read(token).EncodedPayload));
        return payload.RootElement.Clone();
    }

    public Task ChangeAsync(Func<Identity.Domain.Storage.IdentityDb, Task<int>> change) => Provider.InDatabaseAsync(change);

    public void Dispose() => Browser.Dispose();

    // One moment for all: a further step must not end after the step above it.
    private static readonly DateTimeOffset NextMonth = new(DateTime.UtcNow.Date.AddDays(30), TimeSpan.Zero);

    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    private static Task<Guid> IdOfAsync(TestProvider provider, string user) =>
        provider.InDatabaseAsync(db => db.Users.Where(u => u.UserName == user).Select(u => u.Id).SingleAsync());

    private async Task<Affiliation> AddAsync(object party, Affiliation standing)
    {
        await Provider.InDatabaseAsync(async db =>
        {
            db.AddRange(party, standing);
            return await db.SaveChangesAsync();
        });
        return standing;
    }

    /// <summary>Tax codes are unique; every run of numbers that the check digit allows.</summary>
    private static string NewTaxCode()
    {
        while (true)
            if (Enumerable.Range(0, 10).Select(digit => $"99{NextStem():D7}{digit}")
                .FirstOrDefault(code => TaxCode.Parse(code, DateTimeOffset.UtcNow) is Identity.Domain.People.Parsed<TaxCode, TaxCodeError>.Valid) is { } valid) return valid;
    }

    private static int NextStem() => Interlocked.Increment(ref _stems);
}
