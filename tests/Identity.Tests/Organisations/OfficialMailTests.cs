using Identity.Domain.Organisations;
using Identity.Domain.People;

namespace Identity.Tests.Organisations;

public sealed class OfficialMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly OfficialMailDomain[] Domains = [new("mau.example"), new("cu.example", Now.AddDays(1))];

    [Theory]
    [InlineData("nva@mau.example", "nva@mau.example")]
    [InlineData("A.B@MAU.EXAMPLE", "a.b@mau.example")]
    [InlineData("a@cu.example", "a@cu.example")]
    public void A_good_address_is_lower_case(string input, string canonical)
    {
        var mail = Assert.IsType<Parsed<OfficialMail, OfficialMailError>.Valid>(OfficialMail.Parse(input, Domains, Now)).Value;
        Assert.Equal(canonical, mail.Value);
        Assert.Equal($"•••@{mail.Domain}", $"{mail}");
    }

    [Theory]
    [InlineData("nguyễn.a@mau.example", OfficialMailError.NonAscii)]
    [InlineData("a@m\u0430u.example", OfficialMailError.NonAscii)]
    [InlineData("a..b@mau.example", OfficialMailError.Local)]
    [InlineData(".a@mau.example", OfficialMailError.Local)]
    [InlineData("a+x@mau.example", OfficialMailError.Local)]
    [InlineData("@mau.example", OfficialMailError.Local)]
    [InlineData("a@evil-mau.example", OfficialMailError.Domain)]
    [InlineData("a@mau.example.evil.example", OfficialMailError.Domain)]
    [InlineData("a@so.mau.example", OfficialMailError.Domain)]
    [InlineData("a@b@mau.example", OfficialMailError.Format)]
    [InlineData("nva", OfficialMailError.Format)]
    public void A_bad_address_is_refused_for_one_named_reason(string input, OfficialMailError error) =>
        Assert.Equal(error, OfficialMail.Parse(input, Domains, Now));

    [Fact]
    public void A_local_part_has_at_most_64_letters()
    {
        Assert.IsType<Parsed<OfficialMail, OfficialMailError>.Valid>(OfficialMail.Parse(new string('a', 64) + "@mau.example", Domains, Now));
        Assert.Equal(OfficialMailError.Local, OfficialMail.Parse(new string('a', 65) + "@mau.example", Domains, Now));
    }

    [Fact]
    public void The_domain_of_a_merged_province_ends_on_its_day() =>
        Assert.Equal(OfficialMailError.DomainEnded, OfficialMail.Parse("a@cu.example", Domains, Now.AddDays(1)));
}
