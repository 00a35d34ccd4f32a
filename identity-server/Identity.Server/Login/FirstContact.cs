using Identity.Server.MailOut;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// Whether a first sign-in is followed by "where may we warn you?" (ux.md C7). Never on a computer that others use, where nobody reads their
/// mail, and never where no mail goes out: a code that does not come is a dead end.
/// </summary>
public sealed class FirstContact(BrowserCookies cookies, IOptions<MailOptions> mail)
{
    public const string Page = "contact";

    public bool IsAsked(HttpContext http) => mail.Value.IsConfigured && !cookies.IsShared(http);
}
