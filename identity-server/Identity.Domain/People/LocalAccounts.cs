using System.Text;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.Identity;

namespace Identity.Domain.People;

/// <summary>
/// Accounts that we vouch for ourselves, which is to say that nobody does: administrators, test accounts, closed pilots. The person
/// has no linked identity; the account is the door.
/// </summary>
public sealed class LocalAccounts(IdentityDb db, PersonDirectory people, UserManager<LocalAccount> accounts, AuditTrail audit)
{
    /// <summary>Source of a local person's attributes; the shipped configuration names its password connector the same.</summary>
    public const string Source = "local";

    /// <summary>Writes person, account, attributes and audit in one transaction, or refuses with every reason.</summary>
    public async Task<LocalAccountOutcome> CreateAsync(string userName, string password, IReadOnlyDictionary<string, string> attributes, bool isAdministrator, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!PasswordPolicy.IsText(userName)) return new LocalAccountOutcome.Refused(["The name holds a character that is none."]);
        // Compatibility forms fold before names are compared, so that no two accounts look alike and differ.
        var name = userName.Normalize(NormalizationForm.FormKC).Trim();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = people.CreateSelfAsserted(Source, attributes);
        var account = new LocalAccount { Id = person.Id, UserName = name, IsAdministrator = isAdministrator };
        audit.Add(isAdministrator ? "administrator.created" : "account.created", personId: person.Id);
        // Saves the whole unit of work, not the account alone.
        var result = await accounts.CreateAsync(account, password);
        if (!result.Succeeded) return new LocalAccountOutcome.Refused([.. result.Errors.Select(e => e.Description)]);
        await transaction.CommitAsync(ct);
        return new LocalAccountOutcome.Created(person.Id);
    }
}

public abstract record LocalAccountOutcome
{
    private LocalAccountOutcome() { }
    public sealed record Created(Guid PersonId) : LocalAccountOutcome;
    public sealed record Refused(IReadOnlyList<string> Reasons) : LocalAccountOutcome;
}
