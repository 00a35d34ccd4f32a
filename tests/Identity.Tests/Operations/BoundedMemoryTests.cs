using System.Collections;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Operations;

/// <summary>What a node keeps in memory has a bound that no stranger can move.</summary>
public sealed class BoundedMemoryTests
{
    /// <summary>Every growing collection that outlives a request, and what bounds it.</summary>
    private static readonly Dictionary<string, string> Bounds = new()
    {
        ["AuditWriter._queue"] = "Audit:QueueLength; beyond it requests wait, then get 503",
        ["ClientEndings.KeysOf"] = "one entry per registered client, gone with it",
        ["ClientKeys._fetched"] = "one entry per registered client",
        ["ConnectorCatalog._running"] = "one entry per registered connector",
        ["CredentialUses._noted"] = "one entry per live secret and key of registered clients",
        ["CredentialUses._waiting"] = "one entry per credential and hour",
        ["DataKeyRing._derived"] = "one entry per purpose, a word of ours",
        ["LineGuard._places"] = "the connector's max_parallel; who comes beyond four times as many is refused",
        ["RegisterVisitor._waiting"] = "bounded; who does not fit is asked at the next sign-in",
        ["PrivateSigningKey._headers"] = "one entry per token type, a word of ours",
        ["KeyInstancePool._idle"] = "twice the processors",
        ["SqliteLane._readers"] = "twice the processors",
        ["Known.<Newer>k__BackingField"] = "a generation of VerifiedTokens",
        ["Known.<Older>k__BackingField"] = "a generation of VerifiedTokens",
    };

    [Fact]
    public void M14_Every_memory_that_outlives_a_request_has_a_bound()
    {
        var assemblies = new[]
        {
            typeof(Identity.Protocols.Jose.JsonWebKey).Assembly, typeof(Identity.Connectors.OpenIdConnect.OidcConnector).Assembly,
            typeof(Identity.Domain.Storage.IdentityDb).Assembly, typeof(Identity.Server.ServerApplication).Assembly, typeof(ConnectorCatalog).Assembly,
        };
        var growing = assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute), false))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(Grows).Select(f => $"{f.DeclaringType!.Name}.{f.Name}").ToList();
        Assert.Empty(growing.Except(Bounds.Keys));
        Assert.Empty(Bounds.Keys.Except(growing));
    }

    [Fact]
    public async Task M14_L10_A_thousand_half_open_sign_ins_leave_rows_that_end_and_nothing_else()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var address = TestRelyingParty.Address(TestRelyingParty.Of(provider).Request());
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            using var reply = await provider.Http.GetAsync($"{address}&ui_locales=x-{i}&login_hint=nobody-{i}", ct);
            Assert.Equal(HttpStatusCode.SeeOther, reply.StatusCode);
        });
        var parked = await provider.InDatabaseAsync(db => db.PendingAuthentications.Select(p => p.ExpiresAt).ToListAsync());
        Assert.Equal(1_000, parked.Count);
        Assert.All(parked, end => Assert.InRange(end, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1)));
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.Sessions.CountAsync()));
    }

    [Fact]
    public async Task M14_Who_sends_nothing_or_drip_by_drip_holds_a_line_and_no_more()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var address = new Uri(provider.Issuer);
        var lines = new List<System.Net.Sockets.TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var line = new System.Net.Sockets.TcpClient();
            await line.ConnectAsync(address.Host, address.Port);
            await line.GetStream().WriteAsync("POST /connect/token HTTP/1.1\r\nHost: localhost\r\nContent-Le"u8.ToArray());
            lines.Add(line);
        }
        Assert.Equal(HttpStatusCode.OK, (await provider.Http.GetAsync("/.well-known/openid-configuration")).StatusCode);
        foreach (var line in lines) line.Dispose();
    }

    private static bool Grows(FieldInfo field)
    {
        var type = field.FieldType;
        if (field.IsLiteral || type.Name.StartsWith("Frozen", StringComparison.Ordinal) || type.Name.StartsWith("IReadOnly", StringComparison.Ordinal)) return false;
        if (type.Namespace == "System.Collections.Concurrent" || type.Name.StartsWith("MemoryCache", StringComparison.Ordinal) || type.Name.StartsWith("ConditionalWeakTable", StringComparison.Ordinal)
            || type.Name.StartsWith("Channel", StringComparison.Ordinal)) return true;
        // A table that is filled once is read-only by its use; what is static and grows would be written to after start.
        return field.IsStatic && !field.IsInitOnly && !type.IsArray && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
    }
}
