using System.CommandLine;
using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Commands;

/// <summary>Roles at the administration host, given by whoever may log in to this machine: the first administrator has nobody else to ask.</summary>
internal static class RoleCommands
{
    private static readonly Dictionary<string, AdminRole> Roles = new(StringComparer.Ordinal)
    {
        ["administrator"] = AdminRole.Administrator,
        ["reviewer"] = AdminRole.Reviewer,
        ["help_desk"] = AdminRole.HelpDesk,
        ["agency_administrator"] = AdminRole.AgencyAdministrator,
        ["auditor"] = AdminRole.Auditor,
        ["operator"] = AdminRole.Operator,
    };

    public static Command Make(Option<FileInfo?> settings) => new("role", "Who may do what at the administration host") { MakeGive(settings), MakeEnd(settings), MakeList(settings) };

    private static Command MakeGive(Option<FileInfo?> settings)
    {
        var role = new Option<string>("--role") { Description = string.Join(", ", Roles.Keys), HelpName = "role", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.Keys]);
        var mail = new Option<string?>("--mail") { Description = "Official address; whoever signs in with it takes the role up", HelpName = "address" };
        var person = new Option<string?>("--person") { Description = "Name of a local account, instead of an address", HelpName = "name" };
        var client = new Option<string?>("--client") { Description = "Client of a service account, instead of an address", HelpName = "client_id" };
        var unit = new Option<string?>("--unit") { Description = "Code of the agency, for agency_administrator", HelpName = "code" };
        var reason = new Option<string>("--reason") { Description = "Why; it stands in the list of roles", HelpName = "text", Required = true };
        var give = new Command("give", "Give somebody a role") { role, mail, person, client, unit, reason };
        give.SetAction(settings, async (parsed, session, ct) =>
        {
            var db = session.Get<IdentityDb>();
            var code = parsed.GetValue(unit);
            var unitId = code is null ? (Guid?)null : await db.OrgUnits.Where(u => u.Code == code && u.ValidTo == null).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);
            if (code is not null && unitId is null) return await FailAsync($"There is no unit {code}.");
            var name = parsed.GetValue(person) is { } typed ? session.Get<ILookupNormalizer>().NormalizeName(typed) : null;
            var personId = name is null ? (Guid?)null : await db.Users.Where(u => u.NormalizedUserName == name).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);
            var gift = new RoleGift(Roles[parsed.GetRequiredValue(role)], parsed.GetRequiredValue(reason)) { PersonId = personId, Mail = parsed.GetValue(mail), ClientId = parsed.GetValue(client), UnitId = unitId };
            return await session.Get<RoleBook>().GiveAsync(gift, OperatorSession.Actor, ct) is { } refusal ? await FailAsync(SentenceFor(refusal)) : 0;
        });
        return give;
    }

    private static Command MakeEnd(Option<FileInfo?> settings)
    {
        var id = new Argument<Guid>("id") { Description = "As \"role list\" prints it" };
        var end = new Command("end", "Take a role away") { id };
        end.SetAction(settings, async (parsed, session, ct) =>
            await session.Get<RoleBook>().EndAsync(parsed.GetRequiredValue(id), OperatorSession.Actor, ct) is { } refusal ? await FailAsync(SentenceFor(refusal)) : 0);
        return end;
    }

    private static Command MakeList(Option<FileInfo?> settings)
    {
        var list = new Command("list", "Roles that are in somebody's hands, or wait for somebody");
        list.SetAction(settings, async (_, session, ct) =>
        {
            var now = session.Get<TimeProvider>().GetUtcNow();
            foreach (var role in await session.Get<IdentityDb>().RoleAssignments.AsNoTracking().Where(r => r.EndedAt == null).OrderBy(r => r.Id).ToListAsync(ct))
                if (role.IsLiveAt(now)) Console.WriteLine($"{role.Id} {role.Role} {role.Kind} {role.PersonId?.ToString() ?? role.ClientId ?? "(waits for a mailbox)"} {role.UnitId} {role.ValidUntil:O} by {role.GivenBy}: {role.Reason}");
            return 0;
        });
        return list;
    }

    private static string SentenceFor(RoleRefusal refusal) => refusal switch
    {
        RoleRefusal.ReasonIsMissing => "Write a reason.",
        RoleRefusal.AgencyDoesNotFit => "An agency administrator needs --unit; every other role is for the whole province and takes none.",
        RoleRefusal.TimeDoesNotFit => "The time does not fit.",
        RoleRefusal.UnknownUnit => "There is no such unit.",
        RoleRefusal.UnknownPerson => "Name one of an official address, a local account that exists and a client.",
        RoleRefusal.UnknownClient => "There is no such client.",
        RoleRefusal.LastAdministrator => "This is the last administrator: give the role to somebody else first.",
        _ => "There is no such role, or it has ended.",
    };

    private static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
