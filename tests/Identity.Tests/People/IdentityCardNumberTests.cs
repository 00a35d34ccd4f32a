using Identity.Domain.People;

namespace Identity.Tests.People;

public sealed class IdentityCardNumberTests
{
    [Fact]
    public void Nine_digits_are_read_as_the_number_of_an_expired_card()
    {
        var number = Assert.IsType<Parsed<IdentityCardNumber, IdentityCardNumberError>.Valid>(IdentityCardNumber.Parse("000000018")).Value;
        Assert.Equal(("000000018", "•••••0018"), (number.Value, $"{number}"));
        Assert.Equal(new DateOnly(2024, 12, 31), IdentityCardNumber.CardUsableUntil);
    }

    [Theory]
    [InlineData("00000001", IdentityCardNumberError.Length)]
    [InlineData("00000001A", IdentityCardNumberError.NonDigit)]
    public void Anything_else_is_refused(string input, IdentityCardNumberError error) =>
        Assert.Equal(error, IdentityCardNumber.Parse(input));

    [Theory]
    [InlineData("000000018", true)]
    [InlineData("999 999 999", true)]
    [InlineData("nva", false)]
    [InlineData("096000000000", false)]
    public void Nine_digits_are_never_a_login_name(string loginName, bool refused) =>
        Assert.Equal(refused, IdentityCardNumber.Resembles(loginName));
}
