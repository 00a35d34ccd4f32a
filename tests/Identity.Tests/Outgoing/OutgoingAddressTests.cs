using System.Net;
using Identity.Server.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Identity.Tests.Outgoing;

/// <summary>The verdict on an address, and that nothing but a judged address is ever called.</summary>
public sealed class OutgoingAddressTests
{
    public static TheoryData<string> Inside =>
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
        "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
        "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "ff0e::1", "4000::1",
    ];

    public static TheoryData<string> Outside =>
        ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255", "2400:cb00::1", "2606:4700::1111", "2a00::1"];

    [Theory, MemberData(nameof(Inside))]
    public void O13_O14_What_is_not_the_public_internet_is_not_called(string address)
    {
        Assert.False(OutgoingAddresses.IsPublic(IPAddress.Parse(address)));
        Assert.False(In("Production").MayCall(IPAddress.Parse(address), isEncrypted: true));
    }

    [Theory, MemberData(nameof(Outside))]
    public void O14_What_is_public_may_be_called_encrypted_only(string address)
    {
        Assert.True(In("Production").MayCall(IPAddress.Parse(address), isEncrypted: true));
        Assert.False(In("Production").MayCall(IPAddress.Parse(address), isEncrypted: false));
        Assert.False(In("Development").MayCall(IPAddress.Parse(address), isEncrypted: false));
    }

    [Fact]
    public void O14_An_allowed_network_is_that_network_and_no_other()
    {
        var ours = In("Production", "10.20.0.0/16", "fd12:3456::/32");
        Assert.True(ours.MayCall(IPAddress.Parse("10.20.255.1"), isEncrypted: true));
        Assert.True(ours.MayCall(IPAddress.Parse("fd12:3456::9"), isEncrypted: true));
        foreach (var other in (string[])["10.21.0.1", "10.19.255.255", "127.0.0.1", "169.254.169.254", "fd12:3457::1", "::ffff:10.20.0.1"])
            Assert.False(ours.MayCall(IPAddress.Parse(other), isEncrypted: true), other);
        Assert.False(ours.MayCall(IPAddress.Parse("10.20.0.1"), isEncrypted: false));
    }

    [Fact]
    public void O14_This_machine_is_called_in_development_only()
    {
        foreach (var loopback in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            Assert.True(In("Development").MayCall(loopback, isEncrypted: false));
            Assert.False(In("Production").MayCall(loopback, isEncrypted: false));
            Assert.False(In("Staging").MayCall(loopback, isEncrypted: true));
        }
        Assert.False(In("Development").MayCall(IPAddress.Parse("10.0.0.1"), isEncrypted: true));
        Assert.False(In("Development").MayCall(IPAddress.Parse("::ffff:127.0.0.1"), isEncrypted: true));
    }

    [Theory]
    [InlineData("https://keys.rp.example/keys", "169.254.169.254")]
    [InlineData("https://keys.rp.example/keys", "10.0.0.5", "192.168.1.1", "fd00::1")]
    [InlineData("https://keys.rp.example/keys")]
    [InlineData("http://keys.rp.example/keys", "8.8.8.8")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://localhost/", "127.0.0.1", "::1")]
    public async Task O13_O14_A_name_that_leads_inside_is_never_called(string address, params string[] answers)
    {
        using var http = Client("Production", (_, _) => Task.FromResult(answers.Select(IPAddress.Parse).ToArray()));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address)));
        Assert.IsType<AddressRefusedException>(refused.InnerException);
    }

    [Fact]
    public async Task O13_A_name_that_changes_its_mind_is_called_where_it_was_judged_or_not_at_all()
    {
        await using var server = await HostileServer.StartAsync();
        var asked = 0;
        // Good when judged, the metadata service when looked up again.
        using var http = Client("Development", (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]));
        using var reply = await http.GetAsync(new Uri($"http://keys.rp.example:{server.Port}/keys"));
        Assert.Equal((HttpStatusCode.OK, 1, 1), (reply.StatusCode, asked, server.Asked["/keys"]));

        using var later = Client("Development", (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254")]));
        await Assert.ThrowsAsync<HttpRequestException>(() => later.GetAsync(new Uri($"http://keys.rp.example:{server.Port}/keys")));
        Assert.Equal(1, server.Asked["/keys"]);
    }

    [Fact]
    public async Task O13_O14_Of_several_addresses_only_the_good_ones_are_tried()
    {
        await using var server = await HostileServer.StartAsync();
        using var http = Client("Development", (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fe80::1"), IPAddress.Loopback]));
        using var reply = await http.GetAsync(new Uri($"http://keys.rp.example:{server.Port}/keys"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private static OutgoingAddresses In(string environment, params string[] allowed)
    {
        var options = new OutgoingOptions();
        foreach (var network in allowed) options.AllowedNetworks.Add(network);
        return new OutgoingAddresses(Options.Create(options), new HostingEnvironment { EnvironmentName = environment });
    }

    private static HttpClient Client(string environment, NameResolution resolve) => new(new GuardedHttp(In(environment), resolve).CreateHandler());
}
