using Identity.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Identity.Tests.Nodes;

/// <summary>What an operator reads who got several settings wrong.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Every_wrong_setting_is_listed_at_once_with_what_to_write_instead()
    {
        await using var server = ServerProcess.Start(new
        {
            Oidc = new { Isuer = "https://dangnhap.anbinh.example", IdTokenLifetime = "five minutes" },
            Session = new { Idle = "9.00:00:00" },
            Storage = new { Provider = "MySql", ConnectionString = "Host=db.example;Password=tell-nobody;Colour=blue" },
            Listener = new { TrustedProxies = (string[])["our proxy"] },
            Province = new { NameVi = "Tỉnh An Bình", NameEn = "An Binh Province", Host = "dangnhap.anbinh.example", ReferencePrefix = "ab" },
            Node = new { DrainDelay = "-00:00:01" },
            Telemetry = new { OtlpEndpoint = "collector", TraceShare = 7 },
            Login = new { PasswordsAtOnce = "many" },
        });
        var (code, output, errors) = await server.EndAsync();

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.DoesNotContain("tell-nobody", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.Equal(
        [
            "The settings are not usable:",
            "  Listener:TrustedProxies: write addresses (10.0.0.5) and networks (10.0.0.0/24)",
            "  Login:PasswordsAtOnce: write a number",
            "  Node:DrainDelay: must be between 00:00:00 and 00:02:00",
            "  Oidc:IdTokenLifetime: write a time as hh:mm:ss, for example 00:05:00",
            "  Oidc:Issuer: write the address of this sign-in, for example https://dangnhap.anbinh.example",
            "  Oidc:Isuer: there is no such setting; did you mean \"Issuer\"?",
            "  Province:ReferencePrefix: write two capital letters, for example AB",
            "  Session:Idle: must be between 00:01:00 and 1.00:00:00",
            "  Storage:ConnectionString: not a connection string for Storage:Provider; write Host=…;Database=…;Username=…;Password=… or Data Source=…",
            "  Storage:MasterKeyFile: write the path of the master key, for example /etc/identity/master.key",
            "  Storage:Provider: write one of Sqlite, PostgreSql",
            "  Telemetry:OtlpEndpoint: write an http address, for example http://collector.example:4318",
            "  Telemetry:TraceShare: write a share from 0 to 1, for example 0.1",
        ], errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("Session:Idl", "Idle"), InlineData("SigningKeys:announce_", "Announce"), InlineData("Node:DrainDelai", "DrainDelay")]
    public async Task A_misspelt_setting_is_refused_wherever_it_stands(string key, string meant)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)"00:10:00")])));
        Assert.Equal([$"{key}: there is no such setting; did you mean \"{meant}\"?"], refusal.Failures);
    }

    [Fact]
    public async Task Settings_are_found_in_whatever_case_they_are_written()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder =>
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["oidc:metadatamaxage"] = "00:00:42", ["LISTENER:TRUSTEDPROXIES:0"] = "10.0.0.5" }));
        using var reply = await provider.Http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative));
        Assert.Equal(TimeSpan.FromSeconds(42), reply.Headers.CacheControl?.MaxAge);
    }
}
