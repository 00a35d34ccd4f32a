namespace Identity.Hosting.Http;

public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>
    /// Networks (<c>10.20.0.0/16</c>) of the province's own data centre that applications may have their keys and their log-out address
    /// in. Everything that is not public and not here is never called, whoever registered it.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];
}
