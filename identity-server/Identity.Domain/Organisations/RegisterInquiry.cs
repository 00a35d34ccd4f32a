namespace Identity.Domain.Organisations;

/// <summary>When a register was last asked about a person, and whether it answered: what the page says when a company is missing from the list.</summary>
public sealed class RegisterInquiry
{
    public Guid PersonId { get; init; }

    /// <summary>Connector of the register.</summary>
    public required string Register { get; init; }

    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The word of the last failure, or null when the last question was answered.</summary>
    public string? Failure { get; set; }
}
