using Identity.Domain.Assurance;

namespace Identity.Tests.Assurance;

public sealed class AcrValuesTests
{
    [Theory]
    [InlineData("urn:vn:eid:auth:1", 1)]
    [InlineData("urn:vn:eid:auth:4", 4)]
    [InlineData("LoA1", 1)]
    [InlineData("LoA4", 4)]
    [InlineData("LoA5", 0)]
    [InlineData("LoA0", 0)]
    [InlineData("loa1", 0)]
    [InlineData("LoA11", 0)]
    [InlineData("LoA١", 0)]
    [InlineData("1", 0)]
    [InlineData("", 0)]
    [InlineData("urn:vn:eid:auth:", 0)]
    [InlineData("urn:vn:eid:auth:5", 0)]
    [InlineData("URN:VN:EID:AUTH:1", 0)]
    public void A_request_may_use_our_names_and_the_aliases(string value, int level)
    {
        Assert.Equal(level > 0, AcrValues.TryReadRequested(value, out var read));
        Assert.Equal(level, read);
    }

    [Fact]
    public void Answers_use_our_names_only() =>
        Assert.Equal(["urn:vn:eid:auth:1", "urn:vn:eid:auth:2", "urn:vn:eid:auth:3", "urn:vn:eid:auth:4"], AcrValues.Supported);

    [Theory]
    [InlineData("urn:vn:eid:auth:3 LoA2", 2)]
    [InlineData("gold LoA3", 3)]
    [InlineData("gold", null)]
    [InlineData("", null)]
    public void The_lowest_of_the_alternatives_will_do(string values, int? level) =>
        Assert.Equal(level, AcrValues.LowestRequested(values.Split(' ')));
}
