using Identity.Domain.Clients;

namespace Identity.Admin.Pages;

/// <summary>What ways to sign in and applications are called, in the language of the page. What was removed keeps its bare name.</summary>
public sealed class DeskNames(ClientRegistry registry, PageLanguage language)
{
    public string App(string clientId) => registry.FindClient(clientId)?.ClientName.In(language.Current) ?? clientId;

    public string Method(string connector) => registry.FindConnector(connector)?.DisplayName.In(language.Current) ?? connector;

    public bool IsMethod(string word) => registry.FindConnector(word) is not null;
}
