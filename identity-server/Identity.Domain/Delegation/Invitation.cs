namespace Identity.Domain.Delegation;

/// <summary>
/// An offer on its way to somebody whose account the inviter must not be able to look up: a mandate, or a standing as an employee.
/// The code goes by word of mouth; the name must fit as well. Nobody has anything before the invited person says yes.
/// </summary>
public sealed record Invitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string CodeDigest { get; init; } = "";
    public InvitationKind Kind { get; init; }
    public Guid InviterId { get; init; }

    /// <summary>Full name of the invited person as the inviter wrote it, sealed.</summary>
    public string SealedName { get; init; } = "";

    /// <summary>The capacity the inviter gives from: <c>self</c>, a standing or a mandate.</summary>
    public required string FromCapacity { get; init; }

    public string? Position { get; init; }
    public string? Services { get; init; }
    public string? Roles { get; init; }
    public string? Parameters { get; init; }
    public int FurtherSteps { get; init; }
    public DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public bool? Accepted { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public Invitation WithSecrets(string codeDigest, string sealedName) => this with { CodeDigest = codeDigest, SealedName = sealedName };

    public override string ToString() => $"Invitation({Id}, {Kind})";
}

public enum InvitationKind
{
    Mandate = 0,
    Employee = 1,
}
