using System.Collections.Concurrent;
using Identity.Benchmarks.Seed;

namespace Identity.Benchmarks.Load;

/// <summary>What a worker does before the clock starts, and then again and again.</summary>
internal sealed record Scenario(Func<Visitor, Task> Prepare, Func<Visitor, Task> Operate);

internal static class Scenarios
{
    public static IReadOnlyList<string> Names { get; } =
        ["cc", "disc", "get", "sso", "refresh", "introspect", "introspect-first", "userinfo", "login", "signin-page"];

    public static Scenario Of(LoadOptions options, TokenPool pool) => options.Mode switch
    {
        "cc" => new(Nothing, v => v.AskAsMachineAsync()),
        "disc" => new(Nothing, v => v.ReadMetadataAsync()),
        "get" => new(Nothing, v => v.GetAsync(options.Url)),
        "sso" when options.SeededSessions > 0 => new(Nothing, AsSeededPersonAsync),
        "sso" => new(EnterAsync, v => ReturnAsync(v, options)),
        "refresh" => new(EnterAsync, v => v.RefreshAsync()),
        "introspect" when options.IntrospectCodeToken => new(EnterAsync, v => v.IntrospectAsync()),
        "introspect" => new(v => v.AskAsMachineAsync(), v => v.IntrospectAsync()),
        "introspect-first" => new(pool.FillAsync, v => v.IntrospectAsync(pool.Next())),
        "userinfo" => new(EnterAsync, v => v.ReadUserInfoAsync()),
        "login" => new(Nothing, AsNewBrowserAsync),
        "signin-page" => new(Nothing, AsStrangerAsync),
        _ => throw new BenchmarkException($"There is no mode '{options.Mode}': use one of {string.Join(", ", Names)}."),
    };

    /// <summary>A session, and tokens from it. With shared sessions only the first workers sign in; the others take over their cookies.</summary>
    public static Task EnterAsync(Visitor visitor)
    {
        var options = visitor.Options;
        if (options.Cookie.Length > 0) visitor.Cookies.Add(options.Cookie);
        var isFollower = options.Sessions > 0 && visitor.Number >= options.Sessions;
        return new CodeFlow(visitor).RunAsync(signIn: options.Cookie.Length == 0 && !isFollower);
    }

    public static async Task ReturnAsync(Visitor visitor, LoadOptions options)
    {
        await new CodeFlow(visitor).RunAsync(signIn: false);
        if (!options.LeaveOutUserInfo) await visitor.ReadUserInfoAsync();
    }

    public static Task AsNewBrowserAsync(Visitor visitor)
    {
        visitor.Cookies.Clear();
        return new CodeFlow(visitor).RunAsync(signIn: true);
    }

    /// <summary>The browser of somebody whom <c>seed</c> has signed in.</summary>
    public static Task AsSeededPersonAsync(Visitor visitor)
    {
        var options = visitor.Options;
        visitor.Cookies.Clear();
        visitor.Cookies.Add($"{(options.BehindTls ? "__Host-" : "")}session={SeededRows.SessionSecret(Random.Shared.Next(options.SeededSessions))}");
        return ReturnAsync(visitor, options);
    }

    private static Task AsStrangerAsync(Visitor visitor)
    {
        visitor.Cookies.Clear();
        return new CodeFlow(visitor).ReachSignInPageAsync();
    }

    private static Task Nothing(Visitor visitor) => Task.CompletedTask;
}

/// <summary>Distinct machine tokens, handed out in turn: by the time one comes round again, the node has forgotten it.</summary>
internal sealed class TokenPool(int size)
{
    private readonly ConcurrentQueue<string> _made = new();
    private string[] _tokens = [];
    private int _next = -1;

    /// <summary>Workers prepare one after the other; the first one fills the pool, in as many lanes as there are workers.</summary>
    public async Task FillAsync(Visitor visitor)
    {
        if (_tokens.Length > 0) return;
        await Task.WhenAll(Enumerable.Range(0, visitor.Options.Workers).Select(_ => FillLaneAsync(new(visitor.Number, visitor.Options, visitor.Provider))));
        _tokens = [.. _made];
    }

    public string Next() => _tokens[(int)((uint)Interlocked.Increment(ref _next) % (uint)_tokens.Length)];

    private async Task FillLaneAsync(Visitor visitor)
    {
        while (_made.Count < size)
        {
            await visitor.AskAsMachineAsync();
            _made.Enqueue(visitor.AccessToken!);
        }
    }
}
