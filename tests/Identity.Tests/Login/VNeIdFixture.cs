namespace Identity.Tests.Login;

/// <summary>The same provider and the same people, through the connector of the VNeID shape.</summary>
public sealed class VNeIdFixture : FederationFixture
{
    public override string Connector => "vneid";
}
