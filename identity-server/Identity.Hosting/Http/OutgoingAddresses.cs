using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Identity.Hosting.Http;

/// <summary>
/// Which machines this server may be made to call by an address that somebody registered (O13, O14): the public internet, the
/// networks that the operator allows, and in development this machine.
/// </summary>
public sealed class OutgoingAddresses(IOptions<OutgoingOptions> options, IHostEnvironment environment)
{
    // RFC 6890 and the IANA special-purpose registry; the last one is a cloud's metadata service under a public number.
    private static readonly IPNetwork[] NotPublic = [.. ((string[])
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ]).Select(IPNetwork.Parse)];

    // Everything else of IPv6 is local, multicast, or wraps an IPv4 address that nobody would look at (NAT64; mapped ones
    // are refused by name, because a network of IPv4 would contain them).
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedNetworks.Select(IPNetwork.Parse)];
    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>Never in clear over a network: plain http is for development on one machine.</summary>
    public bool MayCall(IPAddress address, bool isEncrypted) => !address.IsIPv4MappedToIPv6
        && ((_isDevelopment && IPAddress.IsLoopback(address))
            || (isEncrypted && (IsPublic(address) || Array.Exists(_allowed, network => network.Contains(address)))));

    public static bool IsPublic(IPAddress address) => !address.IsIPv4MappedToIPv6
        && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
        && !Array.Exists(NotPublic, network => network.Contains(address));
}
