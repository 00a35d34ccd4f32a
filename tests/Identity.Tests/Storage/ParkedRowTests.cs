using System.Reflection;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Storage;

/// <summary>The parked request is read by hand: a member that is added and forgotten there would be lost with the next save.</summary>
public sealed class ParkedRowTests
{
    private const string Browser = "browser-digest";

    private static readonly PropertyInfo[] Members = typeof(PendingAuthentication).GetProperties();

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_member_comes_back_as_it_was_stored(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        var stored = Filled();
        await provider.InDatabaseAsync(db =>
        {
            db.PendingAuthentications.Add(stored);
            return db.SaveChangesAsync();
        });

        await WithStoreAsync(provider, async (store, _) =>
        {
            var found = await store.FindAsync(stored.Id, Browser, CancellationToken.None);
            Assert.All(Members, member => Assert.Equal((member.Name, member.GetValue(stored)), (member.Name, member.GetValue(found))));
            Assert.Null(await store.FindAsync("somebody-elses", Browser, CancellationToken.None));
        });
        await WithStoreAsync(provider, async (store, _) => Assert.Null(await store.FindAsync(stored.Id, "another-browser", CancellationToken.None)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_second_look_in_one_request_finds_what_the_first_one_changed(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        var stored = Filled();
        await provider.InDatabaseAsync(db =>
        {
            db.PendingAuthentications.Add(stored);
            return db.SaveChangesAsync();
        });

        await WithStoreAsync(provider, async (store, db) =>
        {
            var first = (await store.FindAsync(stored.Id, Browser, CancellationToken.None))!;
            first.Denial = "changed";
            Assert.Same(first, await store.FindAsync(stored.Id, Browser, CancellationToken.None));
            Assert.Null(await store.FindAsync(stored.Id, "another-browser", CancellationToken.None));
            Assert.Equal(1, await db.SaveChangesAsync());
        });

        Assert.Equal("changed", await provider.InDatabaseAsync(db => db.PendingAuthentications.Where(p => p.Id == stored.Id).Select(p => p.Denial).SingleAsync()));
    }

    private static PendingAuthentication Filled()
    {
        var row = new PendingAuthentication { Id = "parked", BrowserDigest = Browser, Protocol = "oidc", Request = "client_id=rp" };
        foreach (var (number, member) in Members.Where(m => m.Name is not (nameof(PendingAuthentication.Id) or nameof(PendingAuthentication.BrowserDigest))).Index())
            member.SetValue(row, SomeValue(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType, member.Name, number));
        return row;
    }

    private static object SomeValue(Type type, string name, int number) =>
        type == typeof(string) ? name
        : type == typeof(bool) ? true
        : type == typeof(int) ? number
        : type == typeof(Guid) ? Guid.CreateVersion7()
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 1, 0, 0, number, TimeSpan.Zero)
        : type.IsEnum ? Enum.GetValues(type).GetValue(1)!
        : throw new NotSupportedException(type.Name);

    private static async Task WithStoreAsync(TestProvider provider, Func<PendingAuthenticationStore, IdentityDb, Task> work)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<PendingAuthenticationStore>(), scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }
}
