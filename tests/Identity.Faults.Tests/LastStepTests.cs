using System.Net;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Faults.Tests;

/// <summary>The very last write of a sign-in fails. The person has done everything already and must not have to do it again.</summary>
public sealed class LastStepTests
{
    [Fact]
    public async Task A_sign_in_whose_last_write_failed_is_answered_when_the_page_is_loaded_again()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await ExecuteAsync(provider, "CREATE TRIGGER fault BEFORE INSERT ON authorization_codes BEGIN SELECT RAISE(ABORT, 'fault'); END");
        var failed = await TestRelyingParty.Of(provider).SignInAsync(browser);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.Status);

        await ExecuteAsync(provider, "DROP TRIGGER fault");

        Assert.Contains("code", (await browser.GetAsync(failed.Address.AbsoluteUri)).Answer.Keys);
    }

    private static Task<int> ExecuteAsync(TestProvider provider, string sql) => provider.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
