using Identity.Tests.Harness;

namespace Identity.Tests.Language;

public sealed class TextRulesTests
{
    private const string Good = "Chưa có gì thay đổi.";

    [Fact]
    public void The_shipped_texts_keep_every_rule() => Assert.Empty(TextRules.Problems(ServerTexts.Catalog, TextRules.Trade));

    [Fact]
    public void A_good_text_has_no_problem() => Assert.Empty(TextRules.Problems(Good, TextRules.Trade));

    [Theory]
    [InlineData(" Chưa có gì thay đổi.")]
    [InlineData("")]
    [InlineData("Chưa có gì thay đổi!")]
    [InlineData("Phiên làm việc đã đóng.")]
    [InlineData("Your tokens are gone.")]
    [InlineData("Mã OTP đã gửi.")]
    [InlineData("Vui lòng thử lại.")]
    [InlineData("một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười thêm")]
    public void A_text_that_breaks_a_rule_is_named(string text) => Assert.NotEmpty(TextRules.Problems(text, TextRules.Trade));

    [Fact]
    public void Separated_marks_are_not_accepted() =>
        Assert.NotEmpty(TextRules.Problems(Good.Normalize(System.Text.NormalizationForm.FormD), TextRules.Trade));

    [Fact]
    public void A_banned_word_inside_another_word_or_a_placeholder_is_fine() =>
        Assert.Empty(TextRules.Problems("Microscope {scope} clientele.", TextRules.Trade));

    [Fact]
    public void A_text_missing_in_one_language_is_named()
    {
        var catalog = Catalog(new() { ["a"] = Good, ["b"] = Good }, new() { ["a"] = "Nothing changed." });
        Assert.Equal(["en lacks b"], TextRules.Problems(catalog, TextRules.Trade));
    }

    [Fact]
    public void Languages_that_disagree_about_a_placeholder_are_named()
    {
        var catalog = Catalog(new() { ["a"] = "Quay lại {app}" }, new() { ["a"] = "Back to {name}" });
        Assert.Single(TextRules.Problems(catalog, TextRules.Trade));
    }

    private static TextCatalog Catalog(Dictionary<string, string> vi, Dictionary<string, string> en) =>
        new(new Dictionary<string, IReadOnlyDictionary<string, string>> { ["vi"] = vi, ["en"] = en });
}
