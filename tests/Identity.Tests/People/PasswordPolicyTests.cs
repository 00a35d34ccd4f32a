using Identity.Domain.People;

namespace Identity.Tests.People;

public sealed class PasswordPolicyTests
{
    [Theory]
    [InlineData("một con vịt xoè ra")]
    [InlineData("correct horse and a slow bicycle")]
    [InlineData("tu3k9wq8hd2mzx7v")]
    public void A_long_password_needs_no_kinds_of_characters(string password) => Assert.Null(PasswordPolicy.Problem(password, "lan.nguyen"));

    [Theory]
    [InlineData("fourteen chars")]
    [InlineData("passwordpassword")]
    [InlineData("Passw0rd-Passw0rd!")]
    [InlineData("123456789012345")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("xyzwabxyzwabxyzwab")]
    [InlineData("i am LAN.NGUYEN of an binh")]
    [InlineData("doclaptudohanhphuc")]
    public void A_short_guessable_or_telling_password_is_refused(string password) => Assert.NotNull(PasswordPolicy.Problem(password, "lan.nguyen"));
}
