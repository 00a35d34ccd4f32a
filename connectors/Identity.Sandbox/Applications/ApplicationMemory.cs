using System.Collections.Concurrent;
using System.Text.Json;

namespace Identity.Sandbox.Applications;

/// <summary>What one application remembers; a restart forgets it.</summary>
internal sealed class ApplicationMemory(TimeProvider clock)
{
    const int Shown = 10;

    public ShortLived<Transaction> Transactions { get; } = new(TimeSpan.FromMinutes(30), clock);

    public ShortLived<SignOutTicket> SignOuts { get; } = new(TimeSpan.FromMinutes(30), clock);

    public ShortLived<ApplicationSession> Sessions { get; } = new(TimeSpan.FromHours(8), clock);

    public ConcurrentQueue<LogoutMessage> Messages { get; } = new();

    public void Note(string result, string? sid)
    {
        Messages.Enqueue(new(clock.GetUtcNow(), result, sid));
        while (Messages.Count > Shown) Messages.TryDequeue(out _);
    }
}

/// <summary>A sign-in under way. Its name in memory is the <c>state</c>; the browser that began it must be the one that ends it.</summary>
internal sealed class Transaction(string browser)
{
    public string Browser { get; } = browser;

    public string Nonce { get; } = Opaque.New();

    public string Verifier { get; } = Opaque.New();

    public TimeSpan? MaxAge { get; init; }

    public string ReturnTo { get; init; } = "/";
}

internal sealed class SignOutTicket(string browser)
{
    public string Browser { get; } = browser;
}

internal sealed class ApplicationSession(TokenSet tokens, JsonElement claims, JsonElement userinfo)
{
    public TokenSet Tokens { get; } = tokens;

    public JsonElement Claims { get; } = claims;

    public JsonElement Userinfo { get; } = userinfo;

    public string? Subject => this["sub"];

    public string? Sid => this["sid"];

    /// <summary>Of the human: at the top when they act for themselves, inside <c>act</c> when they act for somebody else.</summary>
    public string Name => Text(Userinfo, "act", "name") ?? (Userinfo.TryGetProperty("act", out _) ? null : Text(Userinfo, "name") ?? this["name"]) ?? "(không có tên)";

    /// <summary>Name of the party that <c>sub</c> stands for; null for the human themselves.</summary>
    public string? ActingFor => Claims.TryGetProperty("act", out _)
        ? Text(Userinfo, "capacity", "organisation", "name") ?? Text(Userinfo, "capacity", "person", "name") ?? Subject : null;

    static string? Text(JsonElement from, params string[] path)
    {
        foreach (var name in path)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from)) return null;
        return from.ToString();
    }

    public string? this[string claim] => Claims.TryGetProperty(claim, out var value) ? value.ToString() : null;
}

internal sealed record LogoutMessage(DateTimeOffset At, string Result, string? Sid);
