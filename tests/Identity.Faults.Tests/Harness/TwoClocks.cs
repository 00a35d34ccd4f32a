using Identity.Tests.Harness;
using Identity.Tests.Oidc;

namespace Identity.Faults.Tests.Harness;

/// <summary>Two nodes on one database, one with the right time and one whose clock can be put wrong.</summary>
public sealed class TwoClocks(Province province) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-clock-").FullName;

    internal AssertionKey MachineKey { get; } = new();
    internal ClockedNode Right { get; private set; } = null!;
    internal ClockedNode Wrong { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await province.MendAsync();
        var (database, key) = (await province.Cluster.CreateDatabaseAsync("clocks"), Path.Combine(_folder, "master.key"));
        Right = await ClockedNode.StartAsync(database, issuer: null, key);
        Wrong = await ClockedNode.StartAsync(database, Right.Address, key);
        await Right.ImportAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")));
        await Right.ImportAsync(TestClients.Document);
        await Right.ImportAsync(Province.MachineClient(MachineKey));
        await TestPeople.CreateAsync(Right.Services);
        await Wrong.RefreshAsync();
    }

    public async Task DisposeAsync()
    {
        await Wrong.DisposeAsync();
        await Right.DisposeAsync();
        MachineKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
