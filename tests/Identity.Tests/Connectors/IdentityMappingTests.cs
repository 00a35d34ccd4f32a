using System.Text.Json.Nodes;
using Identity.Protocols.Federation;

namespace Identity.Tests.Connectors;

public sealed class IdentityMappingTests
{
    [Theory]
    [InlineData("SoDinhDanh", "\"096000000\"")]         // nine digits are the old card, not this number
    [InlineData("SoDinhDanh", "\"０９６０００００００００\"")]
    [InlineData("SoDinhDanh", null)]
    [InlineData("HoVaTen", "\" \\u0007 \"")]
    [InlineData("HoVaTen", "{}")]
    [InlineData("TechID", null)]
    [InlineData("TechID", "\"a\\nb\"")]
    [InlineData("TechID", "\"\"")]
    [InlineData("LoaiTaiKhoan", null)]
    [InlineData("LoaiTaiKhoan", "3")]
    public async Task A_claim_that_the_connector_needs_is_missed(string claim, string? json)
    {
        await using var trip = await NationalAsync(claim, json);
        Assert.Equal(UpstreamFailure.MissingClaim, SignInTrip.Failure(await trip.SignInAsync()));
    }

    [Theory]
    [InlineData("NgayThangNamSinh", "\"19000231\"", AttributeNames.BirthDate, null)]
    [InlineData("NgayThangNamSinh", "\"1900-01-31\"", AttributeNames.BirthDate, null)]
    [InlineData("NgayThangNamSinh", "1900", AttributeNames.BirthDate, "1900")]
    [InlineData("NgayThangNamSinh", "19000131", AttributeNames.BirthDate, "1900-01-31")]
    [InlineData("GioiTinh", "\"nữ\"", AttributeNames.Gender, "female")]
    [InlineData("GioiTinh", "\"NAM\"", AttributeNames.Gender, "male")]
    [InlineData("GioiTinh", "\"9\"", AttributeNames.Gender, null)]
    [InlineData("SoDienThoai", "\"+84 900 000 001\"", AttributeNames.PhoneNumber, "+84900000001")]
    [InlineData("SoDienThoai", "\"84900000001\"", AttributeNames.PhoneNumber, null)]
    [InlineData("SoDienThoai", "\"0900\"", AttributeNames.PhoneNumber, null)]
    [InlineData("SoDienThoai", "\"gọi sau 17h\"", AttributeNames.PhoneNumber, null)]
    [InlineData("ThuDienTu", "\"mau@hop-thu.example\"", AttributeNames.Email, "mau@hop-thu.example")]
    [InlineData("ThuDienTu", "\"mau\"", AttributeNames.Email, null)]
    [InlineData("ThuDienTu", "[\"mau@hop-thu.example\"]", AttributeNames.Email, "mau@hop-thu.example")]
    [InlineData("ThuDienTu", "[\"a@b.example\",\"c@d.example\"]", AttributeNames.Email, null)]
    [InlineData("DiaChi", "\"\\u202eSố 1\\r\\n\"", AttributeNames.Address, "Số 1")]
    [InlineData("DiaChi", "\"Số\\ufffe 1\"", AttributeNames.Address, "Số 1")]
    public async Task A_value_takes_its_attributes_form_or_is_left_out(string claim, string json, string attribute, string? expected)
    {
        await using var trip = await NationalAsync(claim, json);
        Assert.Equal(expected, (await trip.IdentityAsync()).Find(attribute));
    }

    [Fact]
    public async Task A_value_longer_than_anybody_needs_is_left_out()
    {
        await using var trip = await NationalAsync("DiaChi", $"\"{new string('a', 1001)}\"");
        Assert.Null((await trip.IdentityAsync()).Find(AttributeNames.Address));
    }

    [Theory]
    [InlineData("\"01\"", null), InlineData("\"03\"", null), InlineData("\"02 \"", null), InlineData("{}", null), InlineData(null, null)]
    [InlineData("\"02\"", ProofingLevel.Level02)]
    public async Task Only_a_level_that_was_mapped_and_suffices_passes(string? json, ProofingLevel? expected)
    {
        await using var trip = await NationalAsync("loAs", json);
        var outcome = await trip.SignInAsync();
        if (expected is null) Assert.Equal(UpstreamFailure.LevelTooLow, SignInTrip.Failure(outcome));
        else Assert.Equal(expected, Assert.IsType<UpstreamOutcome.Authenticated>(outcome).Identity.Proofing);
    }

    [Fact]
    public async Task An_organisation_is_named_as_one_and_judged_by_no_persons_level()
    {
        await using var trip = await NationalAsync("LoaiTaiKhoan", "2");
        trip.Upstream.Userinfo.Remove("loAs");
        Assert.Equal(ExternalSubjectKind.Organisation, (await trip.IdentityAsync()).Kind);
    }

    [Fact]
    public async Task F1_the_word_true_verifies_no_mailbox()
    {
        await using var trip = await SignInTrip.PlanAsync();
        (trip.Upstream.Userinfo["email"], trip.Upstream.Userinfo["email_verified"]) = ("mau@hop-thu.example", "true");
        Assert.Null((await trip.IdentityAsync()).Find(AttributeNames.EmailVerified));
    }

    [Fact]
    public async Task The_first_claim_that_holds_something_wins()
    {
        await using var trip = await SignInTrip.PlanAsync(s => s with
        {
            AttributeClaims = new Dictionary<string, IReadOnlyList<string>> { [AttributeNames.Name] = ["full_name", "/person/name", "name"] },
        });
        (trip.Upstream.Userinfo["full_name"], trip.Upstream.Userinfo["name"]) = ("", "Ba");
        Assert.Equal("Ba", (await trip.IdentityAsync()).Find(AttributeNames.Name));
        trip.Upstream.Userinfo["person"] = new JsonObject { ["name"] = "Hai" };
        Assert.Equal("Hai", (await trip.IdentityAsync()).Find(AttributeNames.Name));
    }

    [Theory, InlineData("\"pwd\"", 1), InlineData("[\"pwd\",\"otp\"]", 2), InlineData("5", 0), InlineData("[5]", 0), InlineData("[]", 0)]
    public async Task Methods_pass_through_when_they_can_be_read(string json, int count)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.ChangeIdToken = claims => claims["amr"] = JsonNode.Parse(json);
        Assert.Equal(count, (await trip.IdentityAsync()).Amr.Count);
    }

    private static async Task<SignInTrip> NationalAsync(string claim, string? json)
    {
        var trip = await SignInTrip.PlanAsync(OidcConnectorTests.National);
        OidcConnectorTests.TellNationalClaims(trip.Upstream.Userinfo);
        if (json is null) trip.Upstream.Userinfo.Remove(claim);
        else trip.Upstream.Userinfo[claim] = JsonNode.Parse(json);
        return trip;
    }
}
