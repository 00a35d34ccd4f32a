using System.Text;

namespace Identity.Connectors.Ldap;

/// <summary>Puts what was typed into the operator's templates.</summary>
internal static class LoginTemplate
{
    public static string Fill(string template, string address) => Fill(template, address, value => value);

    /// <summary>RFC 4514 §2.4: a comma in a value must not begin another part of the name.</summary>
    public static string FillDn(string template, string address) =>
        // A template that is the address alone is no DN but a bind name (Active Directory).
        template == "{address}" ? address : Fill(template, address, Escape);

    private static string Fill(string template, string address, Func<string, string> escape)
    {
        var at = address.LastIndexOf('@');
        return template.Replace("{address}", escape(address), StringComparison.Ordinal)
            .Replace("{local}", escape(at < 0 ? address : address[..at]), StringComparison.Ordinal)
            .Replace("{domain}", escape(at < 0 ? "" : address[(at + 1)..]), StringComparison.Ordinal);
    }

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' or '#' or ' ') escaped.Append('\\');
            escaped.Append(c == '\0' ? "\\00" : c.ToString());
        }
        return escaped.ToString();
    }
}
