namespace Identity.Hosting.Startup;

public sealed class ListenerOptions
{
    /// <summary>
    /// Addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/24</c>) of our own proxies. From them, and from nobody else, we believe
    /// who the visitor is and that the visit came over https (L9). The host name is never taken from a request.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];
}
