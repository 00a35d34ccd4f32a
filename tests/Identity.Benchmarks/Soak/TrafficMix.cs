using Identity.Benchmarks.Load;

namespace Identity.Benchmarks.Soak;

/// <summary>What a morning looks like: people return, applications refresh, services ask; a few type a password.</summary>
internal static class TrafficMix
{
    private const int Whole = 10_000;

    private static readonly (int Share, string Name, Func<Visitor, Task> Operate)[] Parts =
    [
        (4_000, "sso", v => Scenarios.ReturnAsync(v, v.Options)),
        (3_000, "refresh", v => v.RefreshAsync()),
        (1_000, "userinfo", v => v.ReadUserInfoAsync()),
        (1_000, "introspection", v => v.IntrospectAsync()),
        (995, "client_credentials", AskApartAsync),
        // A hash costs as much as several hundred of the others.
        (5, "password", SignInApartAsync),
    ];

    public static IEnumerable<string> Names => Parts.Select(p => p.Name);

    public static (string Name, Func<Visitor, Task> Operate) Next()
    {
        var draw = Random.Shared.Next(Whole);
        foreach (var (share, name, operate) in Parts)
        {
            if (draw < share) return (name, operate);
            draw -= share;
        }
        throw new InvalidOperationException("The shares do not make a whole.");
    }

    // A machine and a new browser of their own: the visitor's session and tokens stay what they are.
    private static Task AskApartAsync(Visitor visitor) => new Visitor(visitor.Number, visitor.Options, visitor.Provider).AskAsMachineAsync();

    private static Task SignInApartAsync(Visitor visitor) => Scenarios.AsNewBrowserAsync(new Visitor(visitor.Number, visitor.Options, visitor.Provider));
}
