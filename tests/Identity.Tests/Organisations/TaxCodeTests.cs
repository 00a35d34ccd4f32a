using Identity.Domain.Organisations;
using Identity.Domain.People;
using static Identity.Domain.Organisations.TaxCodeError;

namespace Identity.Tests.Organisations;

public sealed class TaxCodeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("9900000016", "9900000016", TaxCodeKind.Enterprise)]
    [InlineData("9900000030", "9900000030", TaxCodeKind.Enterprise)]
    [InlineData("9900000129", "9900000129", TaxCodeKind.Enterprise)]
    [InlineData("9900000111", "9900000111", TaxCodeKind.Enterprise)]
    [InlineData("9812345678", "9812345678", TaxCodeKind.Enterprise)]   // nine different digits: no two weights can be exchanged
    [InlineData("99.00000.016", "9900000016", TaxCodeKind.Enterprise)]
    [InlineData("9900000016-001", "9900000016-001", TaxCodeKind.Branch)]
    [InlineData("9900000016001", "9900000016-001", TaxCodeKind.Branch)]
    [InlineData("9900000016 - 001", "9900000016-001", TaxCodeKind.Branch)]
    [InlineData("096000000000", "096000000000", TaxCodeKind.Person)]
    public void A_good_code_has_one_canonical_form(string input, string canonical, TaxCodeKind kind)
    {
        var code = Good(input);
        Assert.Equal((canonical, kind), (code.Value, code.Kind));
    }

    [Theory]
    [InlineData("9900000017", Checksum)]
    [InlineData("9900000070", Checksum)]
    [InlineData("9900000071", Checksum)]
    [InlineData("9900000072", Checksum)]
    [InlineData("9900000073", Checksum)]
    [InlineData("9900000074", Checksum)]
    [InlineData("9900000075", Checksum)]
    [InlineData("9900000076", Checksum)]
    [InlineData("9900000077", Checksum)]
    [InlineData("9900000078", Checksum)]
    [InlineData("9900000079", Checksum)]
    [InlineData("9900000000", Sequence)]
    [InlineData("9900000016-000", Branch)]
    [InlineData("9900000016-01", Format)]
    [InlineData("99-00000016", Format)]
    [InlineData("990000001X", NonDigit)]
    [InlineData("003000000000", PersonalNumberPrefix)]
    [InlineData("999327000000", PersonalNumberFuture)]
    [InlineData("", Length)]
    [InlineData("99000000160", Length)]
    public void A_bad_code_is_refused_for_one_named_reason(string input, TaxCodeError error) =>
        Assert.Equal(error, TaxCode.Parse(input, Now));

    [Theory]
    [InlineData("096000000000", "••••••••0000")]
    [InlineData("9900000016-001", "9900000016-001")]
    public void Only_a_persons_code_is_masked(string input, string shown) => Assert.Equal(shown, $"{Good(input)}");

    private static TaxCode Good(string input) => Assert.IsType<Parsed<TaxCode, TaxCodeError>.Valid>(TaxCode.Parse(input, Now)).Value;
}
