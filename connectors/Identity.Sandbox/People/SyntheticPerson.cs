namespace Identity.Sandbox.People;

/// <summary>A person who should not exist. <see cref="Standard"/> holds OpenID Connect claims beyond the provider's own.</summary>
public sealed record SyntheticPerson(string Key, string FullName, string Number, DateOnly Born, string Gender)
{
    public required string Description { get; init; }

    /// <summary>The stable key that a portal maps on; not the <c>sub</c>, so that a reader who confuses the two is found out.</summary>
    public string TechId => $"tech-{Key}";

    public string Subject => $"eid-{Key}";

    /// <summary>Level of the national account: "01" or "02".</summary>
    public string Level { get; init; } = "02";

    public string Address { get; init; } = "Thôn Mẫu, xã Mẫu, tỉnh An Bình";

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public SyntheticBusiness? Business { get; init; }

    public IReadOnlyDictionary<string, object> Standard { get; init; } = new Dictionary<string, object>();

    public override string ToString() => Key;
}

public sealed record SyntheticBusiness(string TaxCode, string Name);
