using System.CommandLine;
using System.Reflection;
using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Microsoft.AspNetCore.Identity;

namespace Identity.Server.Commands;

/// <summary>Accounts with a password of our own: the first administrators, and people for tests and pilots.</summary>
internal static class AccountCommands
{
    private static readonly string[] KnownAttributes = [.. typeof(AttributeNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!)];

    private static Option<string> UserName => new("--username") { Description = "Name to sign in with", HelpName = "name", Required = true };

    private static Option<bool> FromInput => new("--password-stdin") { Description = "Read the password from the input stream instead of asking for it" };

    public static Command MakeAdmin(Option<FileInfo?> settings)
    {
        var userName = UserName;
        var fullName = new Option<string?>("--name") { Description = "Full name, for display", HelpName = "text" };
        var fromInput = FromInput;
        var create = new Command("create", "Create an administrator") { userName, fullName, fromInput };
        create.SetAction(settings, (parsed, session, ct) =>
        {
            var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            if (parsed.GetValue(fullName) is { Length: > 0 } name) attributes[AttributeNames.Name] = name;
            return CreateAsync(session, parsed.GetRequiredValue(userName), parsed.GetValue(fromInput), attributes, isAdministrator: true, ct);
        });
        return new Command("admin", "Administrators of this server") { create };
    }

    public static Command MakeAccount(Option<FileInfo?> settings)
    {
        var userName = UserName;
        var fromInput = FromInput;
        var attribute = new Option<string[]>("--attribute")
        {
            Description = $"What is known about the person; repeatable. Names: {string.Join(", ", KnownAttributes)}",
            HelpName = "name=value",
        };
        attribute.Validators.Add(result =>
        {
            foreach (var problem in result.GetValue(attribute)!.Select(Problem).OfType<string>()) result.AddError(problem);
            if (result.GetValue(attribute)!.GroupBy(NameOf).Any(g => g.Count() > 1)) result.AddError("An attribute must not be given twice.");
        });
        var create = new Command("create", "Create an account for tests or a pilot; nobody vouches for who the person is") { userName, attribute, fromInput };
        create.SetAction(settings, (parsed, session, ct) => CreateAsync(session, parsed.GetRequiredValue(userName), parsed.GetValue(fromInput),
            parsed.GetValue(attribute)!.ToDictionary(NameOf, text => text[(text.IndexOf('=') + 1)..], StringComparer.Ordinal), isAdministrator: false, ct));
        return new Command("account", "Accounts with a password of our own") { create, MakeUnlock(settings) };
    }

    private static Command MakeUnlock(Option<FileInfo?> settings)
    {
        var userName = UserName;
        var unlock = new Command("unlock", "Lift the pause after too many wrong passwords") { userName };
        unlock.SetAction(settings, async (parsed, session, ct) =>
        {
            var name = parsed.GetRequiredValue(userName);
            var lifted = await session.Get<AttemptLimit>().UnlockAsync(LocalSignIn.Normalize(session.Get<ILookupNormalizer>(), name), ct);
            // A mailbox is counted under its own name; whoever calls the operator says the address.
            lifted += await session.Get<AttemptLimit>().UnlockAsync(MailAttempts.NameOf(name.Trim().ToLowerInvariant()), ct);
            session.Get<AuditTrail>().Add("account.unlocked", detail: $"{lifted} counter(s)");
            await session.Get<IdentityDb>().SaveChangesAsync(ct);
            Console.WriteLine(lifted == 0 ? $"Nothing was counted against {name}." : $"{name} may sign in again.");
            return 0;
        });
        return unlock;
    }

    private static async Task<int> CreateAsync(OperatorSession session, string userName, bool fromInput, Dictionary<string, string> attributes, bool isAdministrator, CancellationToken ct)
    {
        var password = fromInput ? await Console.In.ReadLineAsync(ct) ?? "" : PasswordPrompt.Ask();
        switch (await session.Get<LocalAccounts>().CreateAsync(userName, password, attributes, isAdministrator, ct))
        {
            case LocalAccountOutcome.Created created:
                Console.WriteLine($"Created {userName} ({created.PersonId}).");
                return 0;
            case LocalAccountOutcome.Refused refused:
                foreach (var reason in refused.Reasons) await Console.Error.WriteLineAsync(reason);
                return 1;
            default: throw new InvalidOperationException("An account is created or refused.");
        }
    }

    private static string NameOf(string text) => text.Split('=')[0];

    private static string? Problem(string text) =>
        !text.Contains('=', StringComparison.Ordinal) ? $"'{text}' is not of the form name=value."
        : !KnownAttributes.Contains(NameOf(text)) ? $"There is no attribute '{NameOf(text)}'."
        : text.Length == NameOf(text).Length + 1 ? $"The attribute '{NameOf(text)}' has no value."
        : null;
}
