using Identity.Domain.Assurance;

namespace Identity.Tests.Assurance;

public sealed class AuthenticatorLevelTests
{
    [Theory]
    [InlineData("pwd", 1)]
    [InlineData("otp", 1)]
    [InlineData("pwd pin", 1)]
    [InlineData("otp hwk", 1)]
    [InlineData("pwd otp", 2)]
    [InlineData("face", null)]
    [InlineData("face hwk", 3)]
    [InlineData("face pwd", 3)]
    [InlineData("face hwk pwd", 4)]
    [InlineData("hwk pin", 2)]
    [InlineData("", null)]
    [InlineData("face fpt", null)]
    [InlineData("mfa", null)]
    [InlineData("pwd mfa", 1)]
    [InlineData("PWD", null)]
    public void The_level_follows_from_the_kinds_of_method(string amr, int? level) =>
        Assert.Equal(level, AuthenticatorLevel.FromAmr(amr.Split(' ')));

    [Theory]
    [InlineData("pwd pin kba", 1)]
    [InlineData("otp hwk swk sc sms", 1)]
    [InlineData("face fpt iris vbm", null)]
    public void All_methods_of_one_kind_are_one_factor(string amr, int? level) =>
        Assert.All(amr.Split(' '), method => Assert.Equal((level, level),
            (AuthenticatorLevel.FromAmr([method]), AuthenticatorLevel.FromAmr(amr.Split(' ')))));

    [Fact]
    public void Recognised_methods_keep_their_order_and_occur_once() =>
        Assert.Equal(["otp", "pwd"], AuthenticatorLevel.Recognised(["otp", "nva@mau.example", "pwd", "otp", "mfa"]));
}
