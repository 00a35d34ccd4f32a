using Identity.Domain.People;
using static Identity.Domain.People.PersonalNumberError;

namespace Identity.Tests.People;

public sealed class PersonalNumberTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("096000000000", "male", 1900, PersonalNumberWarnings.None)]
    [InlineData("096101000000", "female", 1901, PersonalNumberWarnings.None)]
    [InlineData("001000000000", "male", 1900, PersonalNumberWarnings.None)]
    [InlineData("096 000 000 000", "male", 1900, PersonalNumberWarnings.None)]
    [InlineData("999099000000", "male", 1999, PersonalNumberWarnings.PrefixUnknown)]
    [InlineData("999200000000", "male", 2000, PersonalNumberWarnings.PrefixUnknown)]
    [InlineData("999326000000", "female", 2026, PersonalNumberWarnings.PrefixUnknown)]
    [InlineData("002226000000", "male", 2026, PersonalNumberWarnings.PrefixRetired)]
    public void A_good_number_tells_sex_and_birth_year(string input, string sex, int year, PersonalNumberWarnings warnings)
    {
        var number = Good(input);
        Assert.Equal((sex, year, warnings), (number.Sex, number.BirthYear, number.Compare()));
        Assert.Equal(input.Replace(" ", "", StringComparison.Ordinal), number.Value);
    }

    [Theory]
    [InlineData("999327000000", Future)]
    [InlineData("999400000000", Future)]
    [InlineData("003000000000", Prefix)]
    [InlineData("000000000000", Prefix)]
    [InlineData("", Length)]
    [InlineData("09600000000", Length)]
    [InlineData("96000000000", Length)]
    [InlineData("0960000000000", Length)]
    [InlineData("09600000000A", NonDigit)]
    [InlineData("096-000-000-000", NonDigit)]
    [InlineData("9900000016-01", NonDigit)]
    [InlineData("٠٩٦٠٠٠٠٠٠٠٠٠", NonDigit)]
    [InlineData("０９６０００００００００", NonDigit)]
    public void A_bad_number_is_refused_for_one_named_reason(string input, PersonalNumberError error) =>
        Assert.Equal(error, PersonalNumber.Parse(input, Now));

    [Theory]
    [InlineData("1901-05-06", null, PersonalNumberWarnings.BirthYear)]
    [InlineData("1901", null, PersonalNumberWarnings.BirthYear)]
    [InlineData(null, "female", PersonalNumberWarnings.Sex)]
    [InlineData("1901", "female", PersonalNumberWarnings.BirthYear | PersonalNumberWarnings.Sex)]
    [InlineData("1900-05-06", "male", PersonalNumberWarnings.None)]
    [InlineData("19", "other", PersonalNumberWarnings.None)]
    public void What_else_is_said_about_the_person_is_compared(string? birthDate, string? gender, PersonalNumberWarnings warnings) =>
        Assert.Equal(warnings, Good("096000000000").Compare(birthDate, gender));

    [Theory]
    [InlineData("2026-12-31T16:59:59Z", Future)]
    [InlineData("2026-12-31T17:00:00Z", null)]
    public void The_year_turns_when_it_turns_in_Viet_Nam(string now, PersonalNumberError? error)
    {
        var reading = PersonalNumber.FromAssertion("999327000000", DateTimeOffset.Parse(now, null));
        Assert.Equal(error, reading.Error);
    }

    [Theory]
    [InlineData("003000000000", Prefix)]
    [InlineData("999327000000", Future)]
    public void A_source_is_believed_against_our_own_rules(string asserted, PersonalNumberError finding)
    {
        var reading = PersonalNumber.FromAssertion(asserted, Now, "1901-01-01", "female");
        Assert.Equal((asserted, finding), (reading.Number?.Value, reading.Error));
    }

    [Theory]
    [InlineData("", Length)]
    [InlineData("N/A", NonDigit)]
    [InlineData("000000018", Length)]
    public void What_is_not_twelve_digits_never_becomes_a_number(string asserted, PersonalNumberError finding) =>
        Assert.Equal(new AssertedPersonalNumber(null, finding, PersonalNumberWarnings.None), PersonalNumber.FromAssertion(asserted, Now));

    [Fact]
    public void Text_shows_the_last_four_digits_only()
    {
        var number = Good("096000001234");
        Assert.Equal("••••••••1234", $"{number}");
        Assert.DoesNotContain("09600000", $"{PersonalNumber.Parse("096000001234", Now)}", StringComparison.Ordinal);
        Assert.DoesNotContain("09600000", $"{PersonalNumber.FromAssertion("096000001234", Now)}", StringComparison.Ordinal);
    }

    private static PersonalNumber Good(string input) =>
        Assert.IsType<Parsed<PersonalNumber, PersonalNumberError>.Valid>(PersonalNumber.Parse(input, Now)).Value;
}
