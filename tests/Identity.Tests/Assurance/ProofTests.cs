using Identity.Domain.Assurance;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Tests.Assurance;

/// <summary>A session made of proofs: what they are worth together, and what of them an application may count.</summary>
public sealed class ProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private static readonly Proof[] Kinds =
        [new(1, ["pwd"], Now), new(1, ["otp"], Now), new(2, ["hwk", "pin"], Now), new(1, [], Now), new(2, [], Now), new(0, ["face"], Now), new(3, ["face", "pwd"], Now), new(2, ["pwd", "otp"], Now)];

    // Every set of up to three of eight proofs, each fresh or stale, under every minimum: 4 x 2 x (8 + 64 + 512) cases and more.
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
            var expected = (Worth(counted) < minimum ? MissingAssurance.Level : 0) | (fresh.Count == 0 ? MissingAssurance.Freshness : 0);
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
        return Math.Max(joined, proofs.Max(p => p.Level));
    }

    private static IEnumerable<Proof[]> Sets() =>
        Kinds.Select(a => (Proof[])[a]).Concat(from a in Kinds from b in Kinds select (Proof[])[a, b]).Concat(from a in Kinds from b in Kinds from c in Kinds select (Proof[])[a, b, c]);
}
