using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Protocols.Federation;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

public sealed class SeedFileTests
{
    [Fact]
    public void The_development_file_is_accepted()
    {
        var document = Accepted(Development());
        Assert.Equal(["portal", "documents", "native-sample", "platform-machine", "business", "admin"], document.Clients.Select(c => c.ClientId));
        Assert.Equal(["vnconnect", "eid-thu", "vneid", "thu-so", "thu-xa", "dkkd", "local", "passkey"], document.Connectors.Select(c => c.Name));
        Assert.Equal(["public-services", "documents", "accounts", "administration"], document.Sectors.Select(s => s.Name));
    }

    [Fact]
    public void The_conformance_file_is_accepted_over_the_development_file_and_not_alone()
    {
        var development = Accepted(Development());
        var whole = Accepted(ConformanceSeed(), development).LaidOver(development);
        Assert.Equal(9, whole.Clients.Count);
        Assert.Empty(ConfigurationReader.ReferenceErrors(whole));
        Assert.Contains(Errors(ConformanceSeed()), e => e.Path == "clients[0].connectors");
    }

    [Fact]
    public void The_portal_reads_as_its_owner_wrote_it()
    {
        var portal = Client("portal");
        Assert.Equal(SecurityProfile.Standard, portal.Profile);
        Assert.Equal(ProofingLevel.Level02, portal.MinimumProofing);
        Assert.Equal(DataRelease.Notice, portal.DataRelease);
        Assert.Equal(TimeSpan.FromMinutes(10), portal.AccessTokenLifetime);
        Assert.Equal(TimeSpan.FromSeconds(60), portal.AuthorizationCodeLifetime);
        Assert.Equal(TimeSpan.FromDays(14), portal.RefreshTokenIdle);
        Assert.Null(portal.SessionMaxAge);
        Assert.True(portal is { RequiresPkce: true, RequiresNonce: true, IsPublic: false, Enabled: true });
        Assert.Equal("Cổng dịch vụ công An Bình", portal.ClientName.In("vi"));
        Assert.Equal("An Binh public service portal", portal.ClientName.In("en-GB"));
    }

    [Fact]
    public void A_machine_of_the_sample_may_introspect_its_own_audience_only()
    {
        var machine = Client("platform-machine");
        Assert.True(machine.MayIntrospect("https://dossiers.anbinh.example"));
        Assert.False(machine.MayIntrospect("https://dossiers.anbinh.example/"));
        Assert.False(machine.Allows(GrantType.AuthorizationCode));
    }
}
