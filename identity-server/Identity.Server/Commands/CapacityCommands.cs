using System.CommandLine;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Commands;

/// <summary>Standings and mandates for tests and pilots, before a register and personnel records are connected. Each leaves its row with the operator's name.</summary>
internal static class CapacityCommands
{
    private static readonly Dictionary<string, (AffiliationKind Kind, RepresentationStrength Strength)> Kinds = new(StringComparer.Ordinal)
    {
        ["legal_representative"] = (AffiliationKind.LegalRepresentative, RepresentationStrength.RegisteredOfficer),
        ["owner"] = (AffiliationKind.Owner, RepresentationStrength.RegisteredOfficer),
        ["representative"] = (AffiliationKind.Representative, RepresentationStrength.AppointedInRegister),
        ["employee"] = (AffiliationKind.Employee, RepresentationStrength.ConfirmedByAdministrator),
        ["official"] = (AffiliationKind.Official, RepresentationStrength.ConfirmedByAdministrator),
    };

    public static Command MakeCapacity(Option<FileInfo?> settings)
    {
        var person = PersonOption("--person", "Who gets it");
        var kind = new Option<string>("--kind") { Description = $"What the person is there: {string.Join(", ", Kinds.Keys)}", HelpName = "kind", Required = true };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var code = new Option<string>("--code") { Description = "Tax code of the business, or agency code of the unit for an official", HelpName = "code", Required = true };
        var name = new Option<string>("--name") { Description = "Legal name, for a business or unit that is not known yet", HelpName = "text", Required = true };
        var position = new Option<string?>("--position") { Description = "Position or title, for display", HelpName = "text" };
        var roles = new Option<string?>("--roles") { Description = "Role names for applications, space-separated", HelpName = "names" };
        var give = new Command("give", "Give somebody a standing in a business or a state unit") { person, kind, code, name, position, roles };
        give.SetAction(settings, async (parsed, session, ct) =>
        {
            var (standing, strength) = Kinds[parsed.GetRequiredValue(kind)];
            if (await FindPersonAsync(session, parsed.GetRequiredValue(person), ct) is not { } holder) return 1;
            var clock = session.Get<TimeProvider>();
            var isOfficial = standing == AffiliationKind.Official;
            if (CanonicalCode(parsed.GetRequiredValue(code), isOfficial, clock.GetUtcNow()) is not { } canonical) return await FailAsync("The code is not valid.");
            var party = isOfficial ? await UnitAsync(session, canonical, parsed.GetRequiredValue(name), ct) : await BusinessAsync(session, canonical, parsed.GetRequiredValue(name), ct);
            var row = new Affiliation
            {
                PersonId = holder, OrganisationId = isOfficial ? null : party, OrgUnitId = isOfficial ? party : null, Kind = standing, Strength = strength,
                Position = parsed.GetValue(position), Roles = parsed.GetValue(roles), Source = StandingOffice.Operator, ValidFrom = clock.GetUtcNow(), CreatedAt = clock.GetUtcNow(),
            };
            await session.Get<StandingOffice>().GiveAsync(row, parsed.GetRequiredValue(name), ct);
            Console.WriteLine($"Given: {Capacity.IdOf(row)}");
            return 0;
        });
        return new Command("capacity", "Standings of people in businesses and state units") { give };
    }

    public static Command MakeMandate(Option<FileInfo?> settings)
    {
        var from = PersonOption("--from", "Who gives it");
        var to = PersonOption("--to", "Who gets it");
        var source = new Option<string>("--capacity") { Description = "Capacity it is given from: self, or what \"capacity give\" and \"mandate give\" print", HelpName = "id", DefaultValueFactory = _ => Capacity.SelfId };
        var services = new Option<string?>("--services") { Description = "Client ids it is good for, space-separated; without, every service", HelpName = "ids" };
        var days = new Option<int>("--days") { Description = "How long, in days", HelpName = "number", DefaultValueFactory = _ => 365 };
        var steps = new Option<int>("--further-steps") { Description = "How often it may be passed on", HelpName = "number" };
        var evidence = new Option<string>("--evidence") { Description = "Number of the paper behind it; its signature is the acceptance", HelpName = "text", Required = true };
        var give = new Command("give", "Record a mandate that was signed on paper") { from, to, source, services, days, steps, evidence };
        give.SetAction(settings, async (parsed, session, ct) =>
        {
            if (await FindPersonAsync(session, parsed.GetRequiredValue(from), ct) is not { } grantor || await FindPersonAsync(session, parsed.GetRequiredValue(to), ct) is not { } grantee) return 1;
            var now = session.Get<TimeProvider>().GetUtcNow();
            var terms = new MandateTerms(grantor, grantee, parsed.GetRequiredValue(source), now, now.AddDays(parsed.GetRequiredValue(days)))
                { Services = parsed.GetValue(services), FurtherSteps = parsed.GetValue(steps), Evidence = parsed.GetValue(evidence) };
            if (await session.Get<MandateOffice>().GiveAsync(terms, accepted: true, ct) is not MandateOutcome.Given given) return await FailAsync("The grantor does not have what is to be given, or not for so long.");
            Console.WriteLine($"Given: {Capacity.IdOf(given.Mandate)}");
            return 0;
        });
        var id = new Argument<Guid>("id") { Description = "What \"mandate give\" printed after \"mandate:\"" };
        var end = new Command("end", "End a mandate and everything that was given from it") { id };
        end.SetAction(settings, async (parsed, session, ct) =>
        {
            if (!await session.Get<MandateOffice>().EndAsync(parsed.GetRequiredValue(id), "operator", byPerson: null, ct)) return await FailAsync("There is no such mandate, or it has ended.");
            Console.WriteLine("Ended.");
            return 0;
        });
        return new Command("mandate", "Rights that one person has given another") { give, end };
    }

    private static Option<string> PersonOption(string name, string who) => new(name) { Description = $"{who}: name to sign in with, or the id that the audit trail shows", HelpName = "person", Required = true };

    private static async Task<Guid?> FindPersonAsync(OperatorSession session, string person, CancellationToken ct)
    {
        var db = session.Get<IdentityDb>();
        var normalized = session.Get<ILookupNormalizer>().NormalizeName(person);
        var found = Guid.TryParse(person, out var id) ? await db.People.Where(p => p.Id == id).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct)
            : await db.Users.Where(u => u.NormalizedUserName == normalized).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);
        if (found is null) await FailAsync($"Nobody is known as '{person}'.");
        return found;
    }

    private static string? CanonicalCode(string code, bool isAgency, DateTimeOffset now) => isAgency
        ? AgencyCode.Parse(code) is Parsed<AgencyCode, AgencyCodeError>.Valid(var agency) ? agency.Value : null
        : TaxCode.Parse(code, now) is Parsed<TaxCode, TaxCodeError>.Valid(var tax) ? tax.Value : null;

    private static async Task<Guid> BusinessAsync(OperatorSession session, string code, string name, CancellationToken ct)
    {
        var (db, now) = (session.Get<IdentityDb>(), session.Get<TimeProvider>().GetUtcNow());
        if (await db.Organisations.Where(o => o.TaxCode == code).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(ct) is { } known) return known;
        var row = new Organisation { TaxCode = code, Name = name, Source = StandingOffice.Operator, RefreshedAt = now, CreatedAt = now };
        db.Organisations.Add(row);
        return row.Id;
    }

    private static async Task<Guid> UnitAsync(OperatorSession session, string code, string name, CancellationToken ct)
    {
        var (db, now) = (session.Get<IdentityDb>(), session.Get<TimeProvider>().GetUtcNow());
        if (await db.OrgUnits.Where(u => u.Code == code && u.ValidTo == null).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct) is { } known) return known;
        var row = new OrgUnit { Code = code, NameVi = name, NameEn = name, Level = OrgUnitLevel.Attached, ValidFrom = now };
        db.OrgUnits.Add(row);
        return row.Id;
    }

    private static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
