using Identity.Domain.Assurance;
using Identity.Protocols.Federation;
using static Identity.Protocols.Federation.ProofingLevel;

namespace Identity.Tests.Assurance;

public sealed class AssurancePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Methods = ["pwd", "pin", "otp", "hwk", "face", "fpt", "mfa"];
    private static readonly string[][] Contracts = [[], ["pwd", "otp"], ["face"], ["unheard-of"]];

    public static TheoryData<int, ProofingLevel> Ceilings()
    {
        var data = new TheoryData<int, ProofingLevel>();
        foreach (var level in (int[])[1, 2, 3, 4])
        foreach (var proofing in Enum.GetValues<ProofingLevel>())
            data.Add(level, proofing);
        return data;
    }

    // 128 sets of methods, 4 contracts, 4 proofings under each of 16 ceilings.
    [Theory, MemberData(nameof(Ceilings))]
    public void What_is_asserted_is_the_lower_of_what_was_proved_and_what_is_believed(int levelCeiling, ProofingLevel proofingCeiling)
    {
        foreach (var amr in Subsets(Methods))
        foreach (var contract in Contracts)
        foreach (var proofing in Enum.GetValues<ProofingLevel>())
        {
            var context = AssurancePolicy.Judge(Source(proofing, amr), new(proofingCeiling, levelCeiling, contract));
            var proved = Proved(amr.Length > 0 ? amr : contract);
            Assert.Equal(Math.Min(proved, levelCeiling), context.Level);
            Assert.Equal((ProofingLevel)Math.Min((int)proofing, (int)proofingCeiling), context.Proofing);
            Assert.Equal(AcrValues.For(context.Level), context.Acr);
            Assert.Empty(context.Amr.Except(amr.Length > 0 ? amr : contract));
            Assert.True(context.Amr.Count == 0 || Proved(context.Amr) == context.Level, "amr and acr contradict each other");
            Assert.Equal(("e-id", Now), (context.Connector, context.AuthenticatedAt));
        }
    }

    [Theory]
    [InlineData("", "", 1, "")]
    [InlineData("", "pwd otp", 2, "pwd otp")]
    [InlineData("pwd", "pwd otp", 1, "pwd")]
    [InlineData("unheard-of", "pwd otp", 1, "")]
    [InlineData("face", "", 0, "face")]
    [InlineData("face hwk pwd", "", 2, "")]
    public void An_upstream_that_is_believed_up_to_level_2(string amr, string contract, int level, string asserted)
    {
        var context = AssurancePolicy.Judge(Source(Level02, Words(amr)), new(Level02, 2, Words(contract)));
        Assert.Equal((level, asserted), (context.Level, string.Join(' ', context.Amr)));
    }

    [Fact]
    public void The_ceiling_holds_before_linking() =>
        Assert.Equal(MailOnly, AssurancePolicy.Cap(Source(Level02, []), new(MailOnly, 2, [])).Proofing);

    [Fact]
    public void What_is_missing_is_named_axis_by_axis()
    {
        foreach (var level in (int[])[0, 1, 2, 3, 4])
        foreach (var minimum in (int[])[0, 1, 2, 3, 4])
        foreach (var proofing in Enum.GetValues<ProofingLevel>())
        foreach (var minimumProofing in Enum.GetValues<ProofingLevel>())
        foreach (var (age, maxAge, stale) in Ages)
        {
            var context = new AuthenticationContext(level, [], Now.AddSeconds(-age), proofing, "e-id");
            var expected = (level >= minimum ? 0 : MissingAssurance.Level)
                | (stale ? MissingAssurance.Freshness : 0)
                | (proofing >= minimumProofing ? 0 : MissingAssurance.Proofing);
            var requirement = new AssuranceRequirement(minimum, maxAge is { } s ? TimeSpan.FromSeconds(s) : null, minimumProofing);
            Assert.Equal(expected, AssurancePolicy.Missing(context, requirement, Now));
        }
    }

    // Age of the sign-in when the request came, in seconds; the last one happened because of the request.
    private static readonly (int Age, int? MaxAge, bool Stale)[] Ages =
        [(86_400, null, false), (60, 60, false), (61, 60, true), (1, 0, true), (0, 0, false), (-5, 0, false)];

    // Another way to the same rule: count the kinds by hand.
    private static int Proved(IEnumerable<string> amr)
    {
        var know = amr.Intersect(["pwd", "pin"]).Any();
        var have = amr.Intersect(["otp", "hwk"]).Any();
        var are = amr.Intersect(["face", "fpt"]).Any();
        if (are) return know && have ? 4 : know || have ? 3 : 0;
        return know && have ? 2 : 1;
    }

    private static IEnumerable<string[]> Subsets(string[] all) =>
        Enumerable.Range(0, 1 << all.Length).Select(bits => all.Where((_, i) => (bits >> i & 1) == 1).ToArray());

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ExternalIdentity Source(ProofingLevel proofing, string[] amr) =>
        new("e-id", "https://eid.example", "s-1", ExternalSubjectKind.Individual, proofing, new Dictionary<string, string>(), amr, Now);
}
