using Identity.Domain.People;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>What happens to a person between two requests.</summary>
internal static class Deed
{
    public static Task<Guid> PersonOfAsync(TestProvider provider, string userName)
    {
        var name = userName.ToUpperInvariant();
        return provider.InDatabaseAsync(db => db.Users.Where(u => u.NormalizedUserName == name).Select(u => u.Id).SingleAsync());
    }

    public static async Task SuspendAsync(TestProvider provider, string userName)
    {
        var id = await PersonOfAsync(provider, userName);
        Assert.Equal(1, await provider.InDatabaseAsync(db => db.People.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PersonStatus.Suspended))));
    }
}
