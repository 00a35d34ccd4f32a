using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox;

/// <summary>Values under unguessable names that disappear after a while; taking one is atomic, so it can be spent once.</summary>
internal sealed class ShortLived<T>(TimeSpan lifetime, TimeProvider clock) where T : class
{
    readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public string Add(T value)
    {
        foreach (var old in entries.Where(e => e.Value.Expires <= clock.GetUtcNow())) entries.TryRemove(old);
        var name = Opaque.New();
        entries[name] = new(value, clock.GetUtcNow() + lifetime);
        return name;
    }

    public T? Find(string? name) => name is not null && entries.TryGetValue(name, out var entry) ? Alive(entry) : null;

    public T? Take(string? name) => name is not null && entries.TryRemove(name, out var entry) ? Alive(entry) : null;

    public int RemoveWhere(Func<T, bool> match) => entries.Count(e => match(e.Value.Value) && entries.TryRemove(e));

    T? Alive(Entry entry) => entry.Expires > clock.GetUtcNow() ? entry.Value : null;

    [SuppressMessage("Performance", "CA1812", Justification = "Made by Add.")]
    sealed class Entry(T value, DateTimeOffset expires)
    {
        public T Value { get; } = value;

        public DateTimeOffset Expires { get; } = expires;
    }
}

internal static class Opaque
{
    public static string New() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}
