namespace Identity.Domain.People;

public enum PersonStatus
{
    Active,

    /// <summary>By an operator or by the register; may become active again.</summary>
    Suspended,

    /// <summary>By the person's own wish. The record keeps the number's digest and the identifiers, so that the same human who
    /// returns with the same proofed e-ID is the same subject to every application.</summary>
    Closed,

    /// <summary>Says the register. Never active again.</summary>
    Deceased,
}
