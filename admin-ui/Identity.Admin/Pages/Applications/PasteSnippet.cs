using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Admin.Pages.Applications;

/// <summary>Settings to paste, for one stack. They lie beside this file as they are pasted; a secret is never among them.</summary>
public sealed record PasteSnippet(string Name, string Text)
{
    private static readonly (string File, string Name)[] Servers =
        [("aspnetcore", "ASP.NET Core"), ("spring", "Spring Boot"), ("php", "PHP"), ("node", "Node.js"), ("apache", "Apache mod_auth_openidc")];

    public static IReadOnlyList<PasteSnippet> For(ApplicationKind kind, Client client, string issuer)
    {
        (string File, string Name)[] stacks = kind switch
        {
            ApplicationKind.SinglePage => [("browser", "oidc-client-ts")],
            ApplicationKind.Mobile => [("appauth", "AppAuth")],
            ApplicationKind.Machine => [("machine", "curl")],
            _ => Servers,
        };
        return [.. stacks.Select(stack => new PasteSnippet(stack.Name, Fill(Read(stack.File), client, issuer.TrimEnd('/'))))];
    }

    private static string Fill(string text, Client client, string issuer)
    {
        var redirect = client.RedirectUris is [var first, ..] ? first : "";
        return text.Replace("{issuer}", issuer, StringComparison.Ordinal)
            .Replace("{client_id}", client.ClientId, StringComparison.Ordinal)
            .Replace("{redirect_uri}", redirect, StringComparison.Ordinal)
            .Replace("{path}", Uri.TryCreate(redirect, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "/callback", StringComparison.Ordinal)
            .Replace("{scopes_comma}", string.Join(',', client.Scopes), StringComparison.Ordinal)
            .Replace("{scopes}", string.Join(' ', client.Scopes), StringComparison.Ordinal);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PasteSnippet).Assembly.GetManifestResourceStream($"Snippets/{name}.txt")!);
        return reader.ReadToEnd();
    }
}
