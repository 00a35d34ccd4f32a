using System.Reflection;
using System.Text.RegularExpressions;
using Identity.Connectors;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Tests.Language;

/// <summary>Why a document, a personnel list or a connector's settings are refused is said in Vietnamese first, and in English.</summary>
public sealed partial class FaultCatalogueTests
{
    private static readonly Dictionary<string, Type> Types = new[] { typeof(LocalizedText).Assembly, typeof(SettingsFault).Assembly }
        .SelectMany(a => a.GetTypes()).Where(t => t.Name.EndsWith("Faults", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true }).ToDictionary(t => t.Name);

    public static TheoryData<string> Catalogues => [.. Types.Keys];

    [Theory, MemberData(nameof(Catalogues))]
    public void Every_fault_has_its_own_words_in_both_languages(string catalogue) => Assert.All(FaultsOf(catalogue), fault =>
    {
        Assert.NotEqual(fault.En, fault.Vi);
        Assert.True(fault.Vi.Any(c => c > 127 && char.IsLetter(c)) || !fault.Vi.Contains(' ', StringComparison.Ordinal), $"not Vietnamese: {fault.Vi}");
        // Longer than a line of a screen may be: it has to say what would be right.
        Assert.DoesNotContain(TextRules.Problems(fault.Vi, []).Concat(TextRules.Problems(fault.En, [])), problem => !problem.StartsWith("a sentence of more", StringComparison.Ordinal));
        Assert.Equal(fault.En.EndsWith('.'), fault.Vi.EndsWith('.'));
    });

    [Theory, MemberData(nameof(Catalogues))]
    public void Both_languages_name_every_part(string catalogue) => Assert.All(FaultsOf(catalogue), fault => Assert.All(fault.Parts, part =>
    {
        Assert.Contains(part.Vi, fault.Vi, StringComparison.Ordinal);
        Assert.Contains(part.En, fault.En, StringComparison.Ordinal);
    }));

    [Theory, MemberData(nameof(Catalogues))]
    public void A_word_of_the_wire_stays_as_it_is(string catalogue)
    {
        // Columns of a personnel list have names in both languages.
        if (catalogue == "StaffFaults") return;
        Assert.All(FaultsOf(catalogue), fault => Assert.All(WireWord().Matches(fault.En), word => Assert.Contains(word.Value, fault.Vi, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_meant_is_asked_in_both_languages()
    {
        var meant = Suggestion.For("clientId", ["client_id"]);
        Assert.Equal(("; có phải \"client_id\" không?", "; did you mean \"client_id\"?"), (meant.Vi, meant.En));
        Assert.Equal(LocalizedText.Empty, Suggestion.For("colour", ["client_id"]));
    }

    [Theory]
    [InlineData("""{"host":"mail.example"}""", "issuer bắt buộc phải có nhưng đang thiếu.")]
    [InlineData("""{"issuer":"urn:mau:thu","host":"mail.example","hots":"x"}""", "hots không phải thành phần được dùng ở đây.")]
    [InlineData("""{"issuer":"urn:mau:thu","host":"mail.example","port":"a secret"}""", "port không đọc được: giá trị thuộc loại khác hoặc viết sai dạng.")]
    public void Settings_of_another_shape_are_refused_without_a_sentence_of_the_parser(string settings, string says) =>
        Assert.Equal(says, Assert.Single(ConnectorCatalog.ProblemsOf(ConnectorProtocol.Imap, System.Text.Json.JsonElement.Parse(settings))).Vi);

    private static IEnumerable<Fault> FaultsOf(string catalogue)
    {
        var members = Types[catalogue].GetMethods(BindingFlags.Static | BindingFlags.Public).Where(m => m.ReturnType == typeof(LocalizedText) || m.ReturnType == typeof(SettingsFault)).ToList();
        Assert.NotEmpty(members);
        return members.Select(member =>
        {
            var parts = member.GetParameters().Select((p, i) => PartOf(p.ParameterType, i)).ToList();
            var made = member.Invoke(null, [.. parts.Select(p => p.Value)]);
            return made is LocalizedText text ? new Fault(text.Vi, text.En, parts) : made is SettingsFault fault ? new Fault(fault.Vi, fault.En, parts) : throw new InvalidOperationException(member.Name);
        });
    }

    private static Part PartOf(Type type, int index)
    {
        if (type == typeof(LocalizedText)) return new(new LocalizedText($"việt{index}", $"english{index}"), $"việt{index}", $"english{index}");
        if (type == typeof(string)) return new($"part{index}", $"part{index}", $"part{index}");
        if (type == typeof(int)) return new(4710 + index, $"{4710 + index}", $"{4710 + index}");
        if (type == typeof(long)) return new(4710L + index, $"{4710 + index}", $"{4710 + index}");
        if (type == typeof(char)) return new('=', "=", "=");
        if (type == typeof(DateOnly) || type == typeof(DateOnly?)) return new(new DateOnly(2031, 5, 10 + index), $"2031-05-{10 + index}", $"2031-05-{10 + index}");
        throw new InvalidOperationException($"No example of {type}.");
    }

    [GeneratedRegex("""\b[a-z0-9]+(_[a-z0-9]+)+\b|"[^"]+"|\{[a-z_]+\}""")]
    private static partial Regex WireWord();

    private sealed record Part(object Value, string Vi, string En);
    private sealed record Fault(string Vi, string En, List<Part> Parts);
}
