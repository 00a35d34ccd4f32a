using Identity.Domain.Organisations;
using Identity.Domain.People;
using static Identity.Domain.Organisations.AgencyCodeError;

namespace Identity.Tests.Organisations;

public sealed class AgencyCodeTests
{
    [Theory]
    [InlineData("H99", "H99")]
    [InlineData("H99.01.02", "H99.01.02")]
    [InlineData("G99.22.33", "G99.22.33")]
    [InlineData("h99.01", "H99.01")]
    [InlineData("000.00.00.H99", "H99")]
    [InlineData("000.00.07.H99", "H99.07")]
    [InlineData("003.12.07.H99", "H99.07.12.003")]
    [InlineData("H99.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "H99.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_good_code_starts_with_its_root(string input, string canonical) => Assert.Equal(canonical, Good(input).Value);

    [Theory]
    [InlineData("000.12.00.H99", Hierarchy)]
    [InlineData("003.00.07.H99", Hierarchy)]
    [InlineData("H99..01", EmptyGroup)]
    [InlineData("H99.", EmptyGroup)]
    [InlineData("", EmptyGroup)]
    [InlineData("99.01", Root)]
    [InlineData("H99.Đ1", Character)]
    [InlineData("H99.ſ1", Character)]
    [InlineData("H99.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Length)]
    public void A_bad_code_is_refused_for_one_named_reason(string input, AgencyCodeError error) =>
        Assert.Equal(error, AgencyCode.Parse(input));

    [Fact]
    public void The_way_up_ends_at_the_root()
    {
        var unit = Good("H99.07.12");
        Assert.Equal(("H99.07", "H99", null), (unit.Parent?.Value, unit.Parent?.Parent?.Value, unit.Parent?.Parent?.Parent));
        Assert.Equal((3, 1), (unit.Level, Good("H99").Level));
    }

    [Theory]
    [InlineData("H99.07", "H99.07", true)]
    [InlineData("H99.07.12", "H99.07", true)]
    [InlineData("H99.071", "H99.07", false)]
    [InlineData("H99", "H99.07", false)]
    public void Below_means_whole_groups(string code, string other, bool within) =>
        Assert.Equal(within, Good(code).IsWithin(Good(other)));

    private static AgencyCode Good(string input) => Assert.IsType<Parsed<AgencyCode, AgencyCodeError>.Valid>(AgencyCode.Parse(input)).Value;
}
