namespace Identity.Domain.Clients;

/// <summary>What a client may ask for: claims about the person, or rights at an API (then a <see cref="Resource"/> lists it).</summary>
public sealed record Scope(string Name, LocalizedText DisplayName, IReadOnlyList<string> Claims, bool ApprovalRequired)
{
    public const string OpenId = "openid";
    public const string OfflineAccess = "offline_access";

    /// <summary>How well a sign-in was proved; its claim of the same name says nothing about the person, so no page lists it.</summary>
    public const string Assurance = "assurance";

    public override string ToString() => $"Scope({Name})";
}

/// <summary>An API. Its name is the audience of the access tokens it accepts (RFC 8707), hence a URI.</summary>
public sealed record Resource(string Name, LocalizedText DisplayName, IReadOnlyList<string> Scopes)
{
    public override string ToString() => $"Resource({Name})";
}

/// <summary>A group of applications that see the same identifier for a person; owned by the province.</summary>
public sealed record Sector(string Name, LocalizedText DisplayName);
