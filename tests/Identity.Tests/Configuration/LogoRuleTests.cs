using System.Text;
using System.Text.Json.Nodes;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;
using static Identity.Tests.Configuration.ConfigurationFixture;
using static Identity.Tests.Harness.PngForge;

namespace Identity.Tests.Configuration;

/// <summary>Whatever way a logo comes in by, it is a small plain PNG and nothing besides (M7).</summary>
public sealed class LogoRuleTests
{
    private const int GoodRows = 4 * (1 + (8 * 4));

    private static readonly Dictionary<string, (byte[] File, string Says)> Forgeries = new()
    {
        ["an SVG with a script"] = (Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "PNG"),
        ["a GIF"] = ("GIF89a\u0001\0\u0001\0\0\0\0;"u8.ToArray(), "PNG"),
        ["nothing"] = ([], "PNG"),
        ["a page behind its end"] = ([.. Good(), .. "<script>alert(1)</script>"u8], "behind the end"),
        ["a text inside"] = (Whole(Header(8, 4), Chunk("tEXt", "Comment\0<script>alert(1)</script>"u8.ToArray()), Pixels(GoodRows), End()), "more than a picture"),
        ["packed text inside"] = (Whole(Header(8, 4), Chunk("iTXt", new byte[20]), Pixels(GoodRows), End()), "more than a picture"),
        ["where it was taken"] = (Whole(Header(8, 4), Chunk("eXIf", new byte[20]), Pixels(GoodRows), End()), "more than a picture"),
        ["a profile of colours"] = (Whole(Header(8, 4), Chunk("iCCP", new byte[20]), Pixels(GoodRows), End()), "more than a picture"),
        ["frames that move"] = (Whole(Header(8, 4), Chunk("acTL", new byte[8]), Pixels(GoodRows), End()), "more than a picture"),
        ["a chunk of nobody's"] = (Whole(Header(8, 4), Pixels(GoodRows), Chunk("evil", []), End()), "more than a picture"),
        ["a wrong check sum"] = (Broken(Good(), at: 30), "check sum"),
        ["an end too early"] = (Good()[..^5], "ends too early"),
        ["a length beyond the file"] = ([.. Signature, 0xFF, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, 0, 0, 0, 0], "ends too early"),
        ["no end"] = (Whole(Header(8, 4), Pixels(GoodRows)), "ends too early"),
        ["an end that holds something"] = (Whole(Header(8, 4), Pixels(GoodRows), Chunk("IEND", [1])), "in its end"),
        ["no pixels"] = (Whole(Header(8, 4), End()), "without pixels"),
        ["no header"] = (Whole(Pixels(GoodRows), End()), "header"),
        ["two headers"] = (Whole(Header(8, 4), Header(8, 4), Pixels(GoodRows), End()), "header"),
        ["a short header"] = (Whole(Chunk("IHDR", new byte[12]), Pixels(GoodRows), End()), "header"),
        ["a pixel too wide"] = (Whole(Header(97, 1), Pixels(1 + (97 * 4)), End()), "96 pixels"),
        ["a bomb in its header"] = (Whole(Header(30_000, 30_000), Pixels(GoodRows), End()), "96 pixels"),
        ["no width"] = (Whole(Header(0, 4), Pixels(4), End()), "96 pixels"),
        ["a bomb in its pixels"] = (Whole(Header(8, 4), Pixels(4_000_000), End()), "fill it exactly"),
        ["a byte too many"] = (Whole(Header(8, 4), Pixels(GoodRows + 1), End()), "fill it exactly"),
        ["a byte too few"] = (Whole(Header(8, 4), Pixels(GoodRows - 1), End()), "fill it exactly"),
        ["pixels that are not packed"] = (Whole(Header(8, 4), Chunk("IDAT", new byte[GoodRows]), End()), "fill it exactly"),
        ["pixels in two places"] = (Whole(Header(8, 4), Pixels(GoodRows), Chunk("sRGB", [0]), Pixels(GoodRows), End()), "behind its pixels"),
        ["two colour notes"] = (Whole(Header(8, 4), Chunk("sRGB", [0]), Chunk("sRGB", [0]), Pixels(GoodRows), End()), "twice"),
        ["a long colour note"] = (Whole(Header(8, 4), Chunk("gAMA", new byte[200]), Pixels(GoodRows), End()), "gAMA"),
        ["a palette that is none"] = (Whole(Header(8, 4, colour: 3), Chunk("PLTE", new byte[4]), Pixels(4 * 9), End()), "palette"),
        ["a palette that is missing"] = (Whole(Header(8, 4, colour: 3), Pixels(4 * 9), End()), "palette"),
        ["rows in another order"] = (Whole(Header(8, 4, interlaced: 1), Pixels(GoodRows), End()), "interlaced"),
        ["sixteen bits"] = (Whole(Header(8, 4, depth: 16), Pixels(4 * (1 + (8 * 8))), End()), "8 bits"),
        ["a kind of colour that does not exist"] = (Whole(Header(8, 4, colour: 5), Pixels(GoodRows), End()), "8 bits"),
        ["more than twelve kilobytes"] = (Whole(Header(96, 96), Pixels(96 * (1 + (96 * 4)), noise: true), End()), "12 KB"),
    };

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    [Theory, MemberData(nameof(Names))]
    public void M7_What_is_not_a_small_plain_picture_is_refused_with_place_and_reason(string forgery)
    {
        var error = OnlyError("portal", c => c["logo"] = Convert.ToBase64String(Forgeries[forgery].File));
        Assert.Equal("clients[0].logo", error.Path);
        Assert.Contains(Forgeries[forgery].Says, error.Message.En, StringComparison.Ordinal);
    }

    [Theory, InlineData("{0} "), InlineData("\n{0}"), InlineData("data:image/png;base64,{0}"), InlineData("https://evil.example/{0}"), InlineData("{0}=")]
    public void A_logo_is_written_in_one_way(string form) =>
        Assert.Equal("clients[0].logo", OnlyError("portal", c => c["logo"] = form.Replace("{0}", Convert.ToBase64String(Good()), StringComparison.Ordinal)).Path);

    [Theory, InlineData(0, 1, 1), InlineData(0, 4, 4), InlineData(0, 8, 8), InlineData(2, 8, 24), InlineData(4, 8, 16), InlineData(6, 8, 32)]
    public void Every_plain_kind_of_pixels_is_read(byte colour, byte depth, int bits)
    {
        var file = Whole(Header(9, 3, depth, colour), Chunk("sRGB", [0]), Pixels(3 * (1 + (((9 * bits) + 7) / 8))), End());
        Assert.Null(ClientLogo.ProblemOf(Convert.ToBase64String(file), out var logo));
        Assert.Equal((9, 3), (logo!.Width, logo.Height));
    }

    [Fact]
    public void A_palette_with_transparency_and_pixels_in_several_pieces_are_read()
    {
        var packed = Packed(new byte[4 * 9]);
        var file = Whole(Header(8, 4, colour: 3), Chunk("PLTE", new byte[6]), Chunk("tRNS", [0]), Chunk("IDAT", packed[..3]), Chunk("IDAT", packed[3..]), End());
        Assert.Null(ClientLogo.ProblemOf(Convert.ToBase64String(file), out _));
    }

    [Fact]
    public void A_comparison_names_a_picture_and_does_not_print_it()
    {
        var (before, after) = (ConfigurationFixture.Client("portal"), Accepted(With(Good())).Clients[0]);
        var change = Assert.Single(DocumentDiff.Between(ConfigurationWriter.Write(before), ConfigurationWriter.Write(after)));
        Assert.Equal(("logo", null), (change.Path, change.Before));
        Assert.StartsWith("sha256 ", change.After, StringComparison.Ordinal);
        Assert.DoesNotContain(LineDiff.Between(ConfigurationWriter.Write(before), ConfigurationWriter.Write(after)), line => line.Text.Contains(after.Logo!.Base64, StringComparison.Ordinal));
    }

    [Fact]
    public void A_logo_needs_no_second_person() => Assert.False(RiskyMembers.IsRisky(ConfigurationStore.ClientKind, new MemberChange("logo", null, "x")));

    private static JsonObject With(byte[] logo)
    {
        var file = Development();
        ClientOf(file, "portal")["logo"] = Convert.ToBase64String(logo);
        return file;
    }

    private static byte[] Broken(byte[] file, int at)
    {
        file[at] ^= 1;
        return file;
    }
}
