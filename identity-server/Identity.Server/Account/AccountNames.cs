using Identity.Domain.Clients;
using Identity.Server.Login;

namespace Identity.Server.Account;

/// <summary>What applications, ways to sign in and devices are called, in the language of the page. What was removed keeps its bare name.</summary>
public sealed class AccountNames(ClientRegistry registry, PageLanguage language)
{
    public string App(string clientId) => registry.FindClient(clientId)?.ClientName.In(language.Current) ?? clientId;

    public string? Agency(string clientId) => registry.FindClient(clientId)?.Agency.In(language.Current);

    public string Method(string connector) => registry.FindConnector(connector)?.DisplayName.In(language.Current) ?? connector;

    /// <summary>Null when neither browser nor system was recognised.</summary>
    public static string? Device(string? device) => DeviceName.Known(device);
}
