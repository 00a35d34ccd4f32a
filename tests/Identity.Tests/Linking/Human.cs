using System.Globalization;
using Identity.Protocols.Federation;

namespace Identity.Tests.Linking;

/// <summary>Who somebody really is: the truth that the records are held against.</summary>
internal sealed class Human(string run, int index)
{
    private int _mailboxes;
    private int _numbers;

    public int Index => index;
    public string Number { get; private set; } = Make(run, index, 0);
    public bool ChangedNumber => _numbers > 0;
    public string BirthDate { get; } = $"19{60 + index}-0{1 + (index % 9)}-11";
    public string Name { get; set; } = "Nguyễn Văn Mẫu";

    /// <summary>Addresses move between humans; the immutable id behind one never does.</summary>
    public string Address { get; set; } = $"mau{index}@mau.example";

    public void ChangeNumber() => Number = Make(run, index, ++_numbers);

    public void NewMailbox() => _mailboxes++;

    /// <param name="victim">Whose facts a stranger claims.</param>
    public ExternalIdentity At(Source source, Human victim, bool odd, DateTimeOffset now)
    {
        var facts = source == Source.Stranger ? victim : this;
        var attributes = new Dictionary<string, string> { [AttributeNames.Name] = facts.Name, [AttributeNames.Email] = facts.Address, [AttributeNames.EmailVerified] = "true" };
        if (source != Source.Mailbox)
        {
            attributes[AttributeNames.PersonalNumber] = facts.Number;
            attributes[AttributeNames.BirthDate] = odd ? facts.BirthDate[..4] : facts.BirthDate;
        }
        var subject = source is Source.Mailbox or Source.NumberedMailbox ? $"{run}-{index}-{source}-{(odd ? Math.Max(0, _mailboxes - 1) : _mailboxes)}" : $"{run}-{index}-{source}";
        return new(source.ToString(), $"https://{source}.example", subject, ExternalSubjectKind.Individual, LifeStep.LevelOf(source), attributes, [], now);
    }

    // 096 is a prefix that was given out, 0 is a man of the twentieth century; the rest keeps the runs of one database apart.
    private static string Make(string run, int index, int change) =>
        string.Create(CultureInfo.InvariantCulture, $"0960{60 + index}{int.Parse(run, CultureInfo.InvariantCulture):0000}{change % 100:00}");
}
