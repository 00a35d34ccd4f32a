using Microsoft.AspNetCore.Identity;

namespace Identity.Domain.People;

/// <summary>
/// Credentials that we keep ourselves for a person (password; later passkeys and codes). Its <c>Id</c> is the person's id, so
/// there is at most one.
/// </summary>
public sealed class LocalAccount : IdentityUser<Guid>
{
    /// <summary>Administrators of this server; everything else about roles comes with the administration host.</summary>
    public bool IsAdministrator { get; set; }
}
