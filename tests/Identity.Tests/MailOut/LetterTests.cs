using Identity.Tests.Harness;
using System.Text;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Server.MailOut;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Tests.MailOut;

/// <summary>Every letter that can be written, in both languages, as its reader sees it.</summary>
public sealed class LetterTests
{
    private static readonly LetterWriter Writer = new(ServerTexts.Catalog, new ClientRegistry(), Options.Create(new ProvinceOptions
    {
        NameVi = "Tỉnh An Bình", NameEn = "An Binh Province", Host = "dangnhap.anbinh.example", ReferencePrefix = "AB",
    }));

    private static readonly Dictionary<string, string> Values = new()
    {
        ["at"] = "2026-11-22T01:52:00+00:00", ["device"] = "Chrome · Android", ["method"] = "Điện thoại", ["connector"] = "VNeID", ["client"] = "Dịch vụ công",
        ["org"] = "Công ty mẫu", ["reference"] = "AB-482-915-307",
    };

    public static TheoryData<string> Letters =>
        [.. Enum.GetValues<NoticeKind>().Select(kind => NoticeBoard.LetterOf(kind).Name), MailTemplate.SignInCode.Name, MailTemplate.ContactCode.Name];

    [Theory, MemberData(nameof(Letters))]
    public void A_letter_exists_in_both_languages_and_keeps_the_rules_of_our_texts(string template)
    {
        foreach (var language in (string?[])["vi", "en", null])
        {
            var letter = Write(template, language);
            Assert.Equal(language is null ? ["vi", "en"] : [language], letter.Sections.Select(s => s.Language));
            var all = $"{letter.Subject}\n{letter.Text()}\n{letter.Html()}";
            Assert.True(all.IsNormalized(NormalizationForm.FormC));
            Assert.DoesNotContain('{', letter.Subject + letter.Text());
            Assert.All(letter.Sections.SelectMany(s => s.Parts).Where(p => p.Kind == LetterPartKind.Paragraph), p => Assert.Empty(TextRules.Problems(p.Text, TextRules.Trade)));
        }
    }

    [Theory, MemberData(nameof(Letters))]
    public void No_letter_holds_a_link_or_anything_to_load(string template)
    {
        var letter = Write(template, null);
        foreach (var forbidden in (string[])["http", "href", "src=", "<img", "<form", "url(", "<script"])
            Assert.DoesNotContain(forbidden, letter.Html(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", letter.Text(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("dangnhap.anbinh.example", letter.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_stands_first_and_in_no_subject()
    {
        var letter = Write(MailTemplate.ContactCode.Name, "vi");
        Assert.StartsWith("482915\n", letter.Text(), StringComparison.Ordinal);
        Assert.Contains("Không đưa mã cho bất kỳ ai.", letter.Text(), StringComparison.Ordinal);
        // Relays write subjects into their logs.
        Assert.DoesNotContain("482915", letter.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_says_when_with_what_and_where_to_look()
    {
        var text = Write(NoticeBoard.LetterOf(NoticeKind.NewDevice).Name, "vi").Text();
        Assert.Contains("Thời gian: 22/11/2026 08:52 (giờ Việt Nam)", text, StringComparison.Ordinal);
        Assert.Contains("Cách đăng nhập: VNeID", text, StringComparison.Ordinal);
        Assert.Contains("Dịch vụ: Dịch vụ công\n\nNếu chính bạn", text, StringComparison.Ordinal);
        Assert.Contains("tự gõ địa chỉ dangnhap.anbinh.example, đăng nhập và vào Lịch sử", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_letter_does_not_know_it_does_not_mention()
    {
        var mail = Mail(NoticeBoard.LetterOf(NoticeKind.NewDevice).Name, "vi");
        var text = Writer.Write(mail, new Dictionary<string, string>())!.Text();
        Assert.DoesNotContain("Thiết bị:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Thời gian:", text, StringComparison.Ordinal);
    }

    [Theory, InlineData("vi", "Chứng thư của máy chủ VNeID: đến 22/11/2026 08:52."), InlineData("en", "The certificate of the server of VNeID: until 22/11/2026 08:52.")]
    public void What_ends_stands_line_by_line_each_with_its_own_time(string language, string line)
    {
        var mail = new OutgoingMail { Template = MailTemplate.EndsSoon.Name, Language = language, Urgency = MailUrgency.Work, SealedRecipient = "", SealedValues = "" };
        var values = new Dictionary<string, string> { ["count"] = "9", ["more"] = "1", ["kind1"] = "ConnectorCertificate", ["name1"] = "VNeID", ["at1"] = Values["at"] };
        var kinds = Enum.GetNames<EndingKind>().Where(k => k is not (nameof(EndingKind.Announcement) or nameof(EndingKind.ClientConfirmation))).ToList();
        foreach (var (i, kind) in kinds.Index()) (values[$"kind{i + 2}"], values[$"name{i + 2}"], values[$"at{i + 2}"]) = (kind, "mau", "2026-12-01T00:00:00+00:00");

        var letter = Writer.Write(mail, values)!;

        Assert.Contains(line, letter.Text(), StringComparison.Ordinal);
        Assert.Equal(kinds.Count + 2, letter.Sections.Single().Parts.Count(p => p.Kind == LetterPartKind.Fact));
        Assert.DoesNotContain('{', letter.Subject + letter.Text());
    }

    [Theory, InlineData("vi", "mau: đã quá hạn từ 22/11/2026 08:52."), InlineData("en", "mau: overdue since 22/11/2026 08:52.")]
    public void What_owners_are_asked_stands_line_by_line_and_promises_that_nothing_stops(string language, string line)
    {
        var mail = new OutgoingMail { Template = MailTemplate.StillUsed.Name, Language = language, Urgency = MailUrgency.Work, SealedRecipient = "", SealedValues = "" };
        var values = new Dictionary<string, string>
        {
            ["count"] = "21", ["more"] = "1", ["kind1"] = "ClientUnconfirmed", ["name1"] = "mau", ["at1"] = Values["at"], ["kind2"] = "ClientConfirmation", ["name2"] = "khac", ["at2"] = "2026-12-01T00:00:00+00:00",
        };

        var letter = Writer.Write(mail, values)!;

        Assert.Contains(line, letter.Text(), StringComparison.Ordinal);
        Assert.Contains(language == "vi" ? "Không ứng dụng nào bị tắt" : "Nothing is switched off", letter.Text(), StringComparison.Ordinal);
        Assert.Equal(3, letter.Sections.Single().Parts.Count(p => p.Kind == LetterPartKind.Fact));
        Assert.DoesNotContain('{', letter.Subject + letter.Text());
    }

    [Fact]
    public void A_template_of_a_later_version_is_left_to_a_later_node() => Assert.Null(Writer.Write(Mail("notice.of_tomorrow", "vi"), Values));

    private static Letter Write(string template, string? language) =>
        Writer.Write(Mail(template, language), template.StartsWith("mail.", StringComparison.Ordinal) ? new Dictionary<string, string> { ["code"] = "482915" } : Values)!;

    private static OutgoingMail Mail(string template, string? language) => new()
    {
        Template = template, Language = language, Urgency = template.StartsWith("mail.", StringComparison.Ordinal) ? MailUrgency.Code : MailUrgency.Notice,
        SealedRecipient = "", SealedValues = "", ExpiresAt = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero),
    };
}
