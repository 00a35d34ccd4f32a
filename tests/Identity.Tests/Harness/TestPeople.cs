using Identity.Domain.People;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Harness;

/// <summary>Local test accounts. <c>full</c> has every standard claim; the others a name only.</summary>
public static class TestPeople
{
    public static IReadOnlyDictionary<string, string> Full { get; } = new Dictionary<string, string>
    {
        ["name"] = "Nguyễn Thị Ẩn",
        ["family_name"] = "Nguyễn",
        ["given_name"] = "Ẩn",
        ["middle_name"] = "Thị",
        ["nickname"] = "Ẩn",
        ["preferred_username"] = "full",
        ["profile"] = "https://mau.example/an",
        ["picture"] = "https://mau.example/an.png",
        ["website"] = "https://mau.example",
        ["gender"] = "female",
        ["birthdate"] = "1968-09-05",
        ["zoneinfo"] = "Asia/Ho_Chi_Minh",
        ["locale"] = "vi-VN",
        ["email"] = "an@mau.example",
        ["email_verified"] = "true",
        ["phone_number"] = "+84900000001",
        ["phone_number_verified"] = "true",
        ["address"] = "1 Phố Mẫu, Tỉnh An Bình",
    };

    public static async Task CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<LocalAccounts>();
        await accounts.CreateAsync("full", TestProvider.Password, Full, isAdministrator: false, CancellationToken.None);
        foreach (var name in (string[])["lan", "binh", "cuc"])
            await accounts.CreateAsync(name, TestProvider.Password, new Dictionary<string, string> { ["name"] = name, ["email"] = $"{name}@mau.example" }, isAdministrator: false, CancellationToken.None);
    }
}
