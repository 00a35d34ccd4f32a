using Identity.Domain.Assurance;
using Identity.Domain.Factors;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Tests.Assurance;

/// <summary>A session made of proofs: what they are worth together, and what of them an application may count.</summary>
public sealed class ProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A code by mail: worth nothing alone, a second kind beside another.</summary>
    private static readonly Proof Mailed = OwnMethods.ProofOf(OwnMethod.MailedCode, Now);

    private static readonly Proof[] Kinds =
        [new(1, ["pwd"], Now), new(1, ["otp"], Now), new(2, ["hwk", "pin"], Now), new(1, [], Now), new(2, [], Now), new(0, ["face"], Now), Mailed, new(3, ["face", "pwd"], Now), new(2, ["pwd", "otp"], Now)];

    // Every set of up to three of nine proofs, each fresh or stale, under every minimum.
    [Fact]
    public void The_whole_table_of_what_counts()
    {
        foreach (var picked in Sets())
        foreach (var stale in Enumerable.Range(0, 1 << picked.Length))
        foreach (var minimum in (int[])[0, 1, 2, 3, 4])
        foreach (var limited in (bool[])[false, true])
        {
            var proofs = picked.Select((p, i) => p with { At = (stale >> i & 1) == 1 ? Now.AddMinutes(-10) : Now }).ToList();
            var context = new AuthenticationContext(AssurancePolicy.LevelOf(proofs), [], proofs.Max(p => p.At), ProofingLevel.Level02, "x") { Proofs = proofs };
            var requirement = new AssuranceRequirement(minimum, limited ? TimeSpan.FromMinutes(5) : null);
            var fresh = limited ? proofs.Where(p => p.At == Now).ToList() : proofs;
            var counted = fresh.Count == 0 ? proofs : fresh;
            var expected = (Worth(counted) < minimum ? MissingAssurance.Level : 0) | (fresh.TrueForAll(IsMailed) ? MissingAssurance.Freshness : 0);
            Assert.Equal(expected, AssurancePolicy.Missing(context, requirement, Now));
            var reached = AssurancePolicy.Counted(context, requirement, Now);
            Assert.True(reached.Level <= Math.Max(2, counted.Max(p => p.Level)), "joined proofs made more than two kinds");
        }
    }

    [Fact]
    public void What_is_added_says_when_it_was_complete_and_acr_and_amr_agree()
    {
        foreach (var first in Kinds)
        foreach (var second in Kinds)
        {
            var start = new AuthenticationContext(first.Level, first.Amr, Now, ProofingLevel.MailOnly, "mail");
            var sum = AssurancePolicy.Add(start, second with { At = Now.AddMinutes(3) });
            Assert.Equal((Worth([first, second]), Now.AddMinutes(3), ProofingLevel.MailOnly), (sum.Level, sum.AuthenticatedAt, sum.Proofing));
            Assert.True(sum.Amr.Count == 0 || (AuthenticatorLevel.FromAmr(sum.Amr) ?? 0) == sum.Level, $"{string.Join(',', sum.Amr)} is not level {sum.Level}");
        }
    }

    // The truth table of a code by mail, line by line.
    [Theory]
    [InlineData("1 pwd", 2, "pwd otp", true)]
    [InlineData("1 otp", 1, "otp", true)]           // two things that one has are one kind
    [InlineData("1 ", 1, "otp", true)]              // an upstream that names no method
    [InlineData("2 ", 2, "", true)]
    [InlineData("2 hwk pin", 2, "hwk pin otp", true)]
    [InlineData("3 face pwd", 3, "face pwd", true)] // not four: nobody saw three kinds together
    [InlineData("0 face", 0, "face", true)]
    [InlineData("", 0, "", false)]
    public void A_mailed_code_counts_beside_what_stands_alone_and_is_nothing_alone(string first, int level, string amr, bool isPresent)
    {
        var parts = first.Split(' ');
        var proofs = first.Length == 0 ? [Mailed] : (Proof[])[new(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), [.. parts.Skip(1).Where(m => m.Length > 0)], Now.AddMinutes(-3)), Mailed];
        var context = AssurancePolicy.Add(new AuthenticationContext(0, [], Now, ProofingLevel.MailOnly, "x") { Proofs = proofs[..^1] }, Mailed);
        Assert.Equal((level, amr), (context.Level, string.Join(' ', context.Amr)));
        var missing = AssurancePolicy.Missing(context, new(MaxAge: TimeSpan.FromHours(1)), Now);
        Assert.Equal(!isPresent, missing.HasFlag(MissingAssurance.Freshness));
        // A moment ago by mail, and before that three minutes ago: within a minute nobody was there.
        Assert.True(AssurancePolicy.Missing(context, new(MaxAge: TimeSpan.FromMinutes(1)), Now).HasFlag(MissingAssurance.Freshness));
        Assert.Equal(first.Length == 0 ? DateTimeOffset.MinValue : Now.AddMinutes(-3), context.PresentAt);
    }

    [Fact]
    public void Proofs_survive_their_column_and_the_same_method_counts_from_its_last_use()
    {
        var proofs = Proof.Join(Proof.Join([Kinds[0]], Kinds[1]), Kinds[1] with { At = Now.AddTicks(7) });
        var read = Proof.Read(Proof.Write(proofs));
        Assert.Equal(2, read.Count);
        Assert.Equal((Now.AddTicks(7), "otp"), (read[1].At, Assert.Single(read[1].Amr)));
        Assert.True(Proof.Write(Enumerable.Range(0, 100).Aggregate((IReadOnlyList<Proof>)[], (list, i) => Proof.Join(list, new(1, [$"m{i}"], Now)))).Length < 1_000);
    }

    [Theory]
    [InlineData(RepresentationStrength.None, RepresentationStrength.None, false)]
    [InlineData(RepresentationStrength.MailDomain, RepresentationStrength.AppointedInRegister, true)]
    [InlineData(RepresentationStrength.RegisteredOfficer, RepresentationStrength.AppointedInRegister, false)]
    public void The_right_to_act_for_somebody_is_an_axis_of_its_own(RepresentationStrength has, RepresentationStrength needs, bool missing) =>
        Assert.Equal(missing ? MissingAssurance.Representation : MissingAssurance.None, AssurancePolicy.Missing(
            new AuthenticationContext(4, [], Now, ProofingLevel.Level02, "x"), new AssuranceRequirement(MinimumRepresentation: needs), Now, has));

    // Another way to the same rule.
    private static int Worth(IReadOnlyList<Proof> proofs)
    {
        var amr = proofs.SelectMany(p => p.Amr).ToHashSet();
        var know = amr.Contains("pwd") || amr.Contains("pin");
        var have = amr.Contains("otp") || amr.Contains("hwk");
        var joined = know && have ? 2 : know || have ? 1 : 0;
        return proofs.All(p => p.Level == 0) ? 0 : Math.Max(joined, proofs.Max(p => p.Level));
    }

    private static bool IsMailed(Proof proof) => proof.Level == 0 && proof.Amr is ["otp"];

    private static IEnumerable<Proof[]> Sets() =>
        Kinds.Select(a => (Proof[])[a]).Concat(from a in Kinds from b in Kinds select (Proof[])[a, b]).Concat(from a in Kinds from b in Kinds from c in Kinds select (Proof[])[a, b, c]);
}
