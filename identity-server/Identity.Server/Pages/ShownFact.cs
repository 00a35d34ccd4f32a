namespace Identity.Server.Pages;

/// <summary>One fact about a person as a page shows it. <paramref name="Attribute"/> is a canonical attribute name.</summary>
public sealed record ShownFact(string Attribute, string Value)
{
    public override string ToString() => Attribute;
}

/// <summary>A long number that is shown by its last digits until its owner opens it.</summary>
public sealed record MaskedNumber(string Value, int Kept = 4)
{
    public string Tail => Value.Length > Kept ? Value[^Kept..] : Value;
    public string Masked => new string('•', Math.Max(0, Value.Length - Kept)) + Tail;
    public string Spoken => string.Join(' ', Tail.AsEnumerable());
    public override string ToString() => Masked;
}
