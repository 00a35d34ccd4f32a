using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Login;

/// <summary>The same provider and the same people, through the connector of the VNeID shape.</summary>
public sealed class VNeIdFixture : FederationFixture
{
    public VNeIdFixture()
    {
    }

    /// <summary>With a clock to turn. The e-ID keeps its own time.</summary>
    internal VNeIdFixture(FixedClock clock) : base(Engine.Sqlite, builder => builder.Services.AddSingleton<TimeProvider>(clock))
    {
    }

    public override string Connector => "vneid";
}
