using Identity.Domain.People;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Login;

/// <summary>A person whom no other test knows, so that nothing remembered about them comes from elsewhere.</summary>
internal static class Someone
{
    public static async Task<string> NewAsync(TestProvider provider, IReadOnlyDictionary<string, string>? facts = null)
    {
        var name = $"p{Guid.NewGuid():N}"[..12];
        await using var scope = provider.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<LocalAccounts>()
            .CreateAsync(name, TestProvider.Password, facts ?? TestPeople.Full, isAdministrator: false, CancellationToken.None);
        Assert.IsType<LocalAccountOutcome.Created>(outcome);
        return name;
    }

    /// <summary>Sends the password form of a sign-in page.</summary>
    public static Task<TestPage> SignInAsync(TestBrowser browser, TestPage page, string user, string password = TestProvider.Password) =>
        browser.SubmitAsync(page, "/password", ("username", user), ("password", password));

    public static bool AsksForPassword(TestPage page) => page.Forms.Any(f => f.Action.EndsWith("/password", StringComparison.Ordinal));
}
