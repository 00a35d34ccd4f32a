using System.Globalization;
using Identity.Domain.Clients;
using Identity.Domain.Mail;
using Identity.Server.Pages;
using Microsoft.Extensions.Options;

namespace Identity.Server.MailOut;

/// <summary>
/// Finds the words for a row: in the person's language, or in both. No letter holds a link: whoever is used to following ours would
/// follow anybody's (ux.md §3.14).
/// </summary>
public sealed class LetterWriter(TextCatalog texts, ClientRegistry registry, IOptions<ProvinceOptions> province)
{
    private static readonly string[] Facts = ["mail.fact.time", "mail.fact.device", "mail.fact.method", "mail.fact.eid", "mail.fact.org", "mail.fact.app"];

    /// <summary>Null when this version has no words for the template: another node wrote it, and will send it.</summary>
    public Letter? Write(OutgoingMail mail, IReadOnlyDictionary<string, string> values)
    {
        if (!texts.In(TextCatalog.Languages[0]).ContainsKey($"{mail.Template}.subject")) return null;
        IReadOnlyList<string> languages = mail.Language is { } one && TextCatalog.Languages.Contains(one) ? [one] : TextCatalog.Languages;
        var words = languages.Select(language => new Words(texts.In(language), ValuesIn(language, mail, values))).ToList();
        return new(string.Join(" / ", words.Select(w => w.Of($"{mail.Template}.subject"))), [.. languages.Zip(words, (language, w) => Section(language, mail, w))]);
    }

    private static LetterSection Section(string language, OutgoingMail mail, Words words)
    {
        List<LetterPart> parts = [];
        void Say(LetterPartKind kind, params string[] keys) => parts.AddRange(keys.Select(words.Of).OfType<string>().Select(text => new LetterPart(kind, text)));

        if (words.Value(MailTemplate.CodeValue) is { } code) parts.Add(new(LetterPartKind.Code, code));
        Say(LetterPartKind.Paragraph, $"{mail.Template}.what");
        if (mail.Urgency == MailUrgency.Code)
        {
            var unasked = $"{mail.Template}.unasked";
            Say(LetterPartKind.Paragraph, "mail.code_keep", words.Of(unasked) is null ? "mail.code_unasked" : unasked);
        }
        else
        {
            Say(LetterPartKind.Fact, Facts);
            for (var i = 1; words.Value($"kind{i}") is { } kind; i++)
                if (words.Of($"{mail.Template}.{kind}", $"{i}") is { } line) parts.Add(new(LetterPartKind.Fact, line));
            Say(LetterPartKind.Fact, $"{mail.Template}.more");
            Say(LetterPartKind.Paragraph, $"{mail.Template}.next");
            if (mail.Urgency == MailUrgency.Notice) Say(LetterPartKind.Paragraph, "mail.if_you", "mail.if_not_you");
        }
        Say(LetterPartKind.Small, "mail.no_link", "mail.no_reply", "app.name");
        return new(language, parts);
    }

    private Dictionary<string, string> ValuesIn(string language, OutgoingMail mail, IReadOnlyDictionary<string, string> stored)
    {
        // What others typed loses everything invisible, line ends above all, before it comes near a header (M8).
        var values = stored.ToDictionary(v => v.Key, v => VisibleText.Of(v.Value), StringComparer.Ordinal);
        values["host"] = province.Value.Host;
        values["province"] = province.Value.Name(language);
        values["counter"] = province.Value.Counter(language);
        values["until"] = VietnamTime.Text(mail.ExpiresAt);
        if (DateTimeOffset.TryParse(stored.GetValueOrDefault("at"), CultureInfo.InvariantCulture, out var at)) values["time"] = VietnamTime.Text(at);
        if (stored.GetValueOrDefault(MailTemplate.ConnectorValue) is { } connector) values["eid"] = registry.FindConnector(connector)?.DisplayName.In(language) ?? connector;
        if (stored.GetValueOrDefault(MailTemplate.ClientValue) is { } client) values["app"] = registry.FindClient(client)?.ClientName.In(language) ?? client;
        for (var i = 1; stored.TryGetValue($"kind{i}", out var kind); i++) AddItem(values, language, kind, i);
        return values;
    }

    /// <summary>One of several: <c>{name}</c> and <c>{time}</c> in its line are its own.</summary>
    private void AddItem(Dictionary<string, string> values, string language, string kind, int i)
    {
        var name = values.GetValueOrDefault($"name{i}", "");
        values[$"name{i}"] = kind.StartsWith("Client", StringComparison.Ordinal)
            ? registry.FindClient(name)?.ClientName.In(language) ?? name
            : registry.FindConnector(name)?.DisplayName.In(language) ?? name;
        if (DateTimeOffset.TryParse(values.GetValueOrDefault($"at{i}"), CultureInfo.InvariantCulture, out var at)) values[$"time{i}"] = VietnamTime.Text(at);
    }

    private sealed class Words(IReadOnlyDictionary<string, string> texts, Dictionary<string, string> values)
    {
        public string? Value(string name) => values.GetValueOrDefault(name);

        /// <summary>Null when there is no such text, or when it speaks of something that this letter does not know.</summary>
        public string? Of(string key) => Of(key, "");

        /// <param name="item">The number that its own values end with; what is not its own is the letter's.</param>
        public string? Of(string key, string item)
        {
            if (!texts.TryGetValue(key, out var text)) return null;
            foreach (var placeholder in TextRules.Placeholders(text))
            {
                var name = placeholder.Trim('{', '}');
                if ((values.GetValueOrDefault(name + item) ?? values.GetValueOrDefault(name)) is not { Length: > 0 } value) return null;
                text = text.Replace(placeholder, value, StringComparison.Ordinal);
            }
            return text;
        }
    }
}
