namespace Identity.Domain.Notices;

/// <summary>Something that happened to a person's account and that they should know of. Shown under "my account", and mailed to every known contact.</summary>
public sealed class Notice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public NoticeKind Kind { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Connector { get; init; }
    public string? ClientId { get; init; }

    /// <summary>Session in which it was done.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The link or method it is about: what "this was not me" takes out of use.</summary>
    public Guid? About { get; init; }

    /// <summary>Names for the sentence (device, organisation, method), as one JSON object, sealed.</summary>
    public required string SealedNames { get; init; }

    /// <summary>When the person said "this was not me".</summary>
    public DateTimeOffset? DisownedAt { get; set; }
}

/// <summary>What a notice is about. All of it optional; texts name what they need (see <see cref="NoticeBoard"/>).</summary>
public sealed record NoticeFacts
{
    public static readonly NoticeFacts None = new();

    public string? Connector { get; init; }
    public string? ClientId { get; init; }
    public Guid? SessionId { get; init; }

    /// <summary>Id of the <c>LinkedIdentity</c>, passkey or other method.</summary>
    public Guid? About { get; init; }

    /// <summary>Browser and system family, "Chrome · Android".</summary>
    public string? Device { get; init; }

    /// <summary>What the person calls the method: "Điện thoại của Ẩn".</summary>
    public string? Method { get; init; }

    /// <summary>Organisation, agency or person that a capacity or mandate is about.</summary>
    public string? Organisation { get; init; }

    /// <summary>Code that the person can read to the help desk.</summary>
    public string? Reference { get; init; }
}
