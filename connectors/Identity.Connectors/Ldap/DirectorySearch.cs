using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>The two questions that every use of a directory asks; what goes wrong with them is the operator's concern, never the person's.</summary>
internal static class DirectorySearch
{
    public static async Task BindServiceAsync(LdapLine line, string dn, string password, CancellationToken ct)
    {
        var bound = await line.BindAsync(dn, password, ct);
        if (bound.Code is LdapResult.Busy or LdapResult.Unavailable) throw new LineException(UpstreamFailure.Unreachable, $"the directory is not available: {bound}");
        if (bound.Code != LdapResult.Success) throw new LineException(UpstreamFailure.Refused, $"the searching account was not accepted: {bound}");
    }

    public static async Task<IReadOnlyList<LdapEntry>> FindAsync(LdapLine line, LdapConnectorSettings settings, IReadOnlyList<string> wanted, PasswordAttempt attempt, CancellationToken ct)
    {
        string[] names = [.. new[] { attempt.LoginName, attempt.Mailbox }.Distinct(StringComparer.Ordinal)];
        var isThisMailbox = LdapFilter.AnyOf(names.SelectMany(name => settings.Login.Select(l => LdapFilter.Equal(l.Key, LoginTemplate.Fill(l.Value, name)))));
        var found = await line.SearchAsync(new LdapQuery(settings.SearchBase, LdapScope.Subtree, People(settings, isThisMailbox), wanted), pageCookie: null, ct);
        return found.Result.Code is LdapResult.Success or LdapResult.SizeLimitExceeded ? found.Entries
            : throw new LineException(UpstreamFailure.Refused, $"the search was not answered: {found.Result}");
    }

    public static LdapFilter People(LdapConnectorSettings settings, LdapFilter which) =>
        settings.ObjectClass.Length == 0 ? which : LdapFilter.AllOf(LdapFilter.Equal("objectClass", settings.ObjectClass), which);
}
