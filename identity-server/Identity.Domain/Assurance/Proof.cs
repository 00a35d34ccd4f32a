using System.Globalization;

namespace Identity.Domain.Assurance;

/// <summary>One moment in which the person proved something. A session is a few of them; what it amounts to is computed, never stored as a wish.</summary>
/// <param name="Level">What this proof is worth alone. It is kept because an upstream may prove a level without naming its methods.</param>
/// <param name="Amr">Recognised methods only.</param>
public sealed record Proof(int Level, IReadOnlyList<string> Amr, DateTimeOffset At)
{
    /// <summary>More than any person needs in one session; what is older has been repeated since.</summary>
    private const int Most = 6;

    /// <summary>False for what is worth less alone than its methods would be: it counts beside another proof, and shows nobody's presence by itself.</summary>
    public bool StandsAlone => Level >= (AuthenticatorLevel.FromAmr(Amr) ?? 0);

    /// <summary>Adds a proof; the same methods used again count from their last use.</summary>
    public static IReadOnlyList<Proof> Join(IReadOnlyList<Proof> proofs, Proof added) =>
        [.. proofs.Where(p => !p.Amr.SequenceEqual(added.Amr) || p.Level != added.Level).Append(added).TakeLast(Most)];

    /// <summary>One column of the session's row: <c>2 pwd,otp 638…;1 otp 638…</c>.</summary>
    public static string Write(IEnumerable<Proof> proofs) =>
        string.Join(';', proofs.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Level} {string.Join(',', p.Amr)} {p.At.UtcTicks}")));

    public static IReadOnlyList<Proof> Read(string text) => [.. text.Split(';').Select(ReadOne)];

    private static Proof ReadOne(string text)
    {
        var parts = text.Split(' ');
        return new(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries),
            new DateTimeOffset(long.Parse(parts[2], CultureInfo.InvariantCulture), TimeSpan.Zero));
    }
}
