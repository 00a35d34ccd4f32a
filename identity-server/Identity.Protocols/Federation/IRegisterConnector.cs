namespace Identity.Protocols.Federation;

/// <summary>
/// A register of organisations that says who may act for which of them. Asked by the server itself, never through a browser. Never
/// throws for anything that the register did or did not do.
/// </summary>
public interface IRegisterConnector
{
    /// <summary>The organisation with its officers and branches as the register has them now.</summary>
    Task<RegisterAnswer<RegisteredOrganisation>> FindAsync(string taxCode, CancellationToken ct);

    /// <summary>Organisations in which the holder of this national number is an officer, a representative or the owner; empty when there is none.</summary>
    Task<RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>> RepresentedByAsync(string personalNumber, CancellationToken ct);

    /// <summary>Judges a Security Event Token (RFC 8417) that somebody has pushed here.</summary>
    /// <param name="audience">What we are called by the register: our issuer.</param>
    Task<RegisterEvent> ReadEventAsync(string token, string audience, CancellationToken ct);
}

/// <summary>What a pushed token is; the words of its refusal are those of RFC 8935 §2.4.</summary>
public abstract record RegisterEvent
{
    private RegisterEvent() { }

    /// <summary>Another issuer's: another register may know it.</summary>
    public sealed record Foreign : RegisterEvent;

    /// <summary>Something about these organisations changed; what, the register says when it is asked.</summary>
    public sealed record Genuine(string Id, IReadOnlyList<string> TaxCodes) : RegisterEvent;

    public sealed record Refused(string Error, string Why) : RegisterEvent;

    /// <summary>The register's keys cannot be had now; it is to send again.</summary>
    public sealed record Undecided : RegisterEvent;
}

public abstract record RegisterAnswer<T> where T : class
{
    private RegisterAnswer() { }

    public sealed record Found(T Value) : RegisterAnswer<T>;

    /// <summary>The register answered: it has no such entry.</summary>
    public sealed record NotFound : RegisterAnswer<T>;

    /// <summary>Nothing is known; what was known before stays as it is.</summary>
    /// <param name="Detail">For operators; holds no personal data and no secret.</param>
    public sealed record Failed(UpstreamFailure Why, string Detail) : RegisterAnswer<T>;
}

/// <param name="Officers">Everybody who may act for it, whatever their role.</param>
public sealed record RegisteredOrganisation(string TaxCode, string Name, RegisteredState State, IReadOnlyList<RegisteredOfficer> Officers, IReadOnlyList<RegisteredBranch> Branches)
{
    public string? EnterpriseCode { get; init; }
    public string? ForeignName { get; init; }
    public DateTimeOffset? DissolvedAt { get; init; }

    public override string ToString() => $"RegisteredOrganisation({TaxCode}, {State}, {Officers.Count} officer(s))";
}

public sealed record RegisteredBranch(string TaxCode, string Name, RegisteredState State);

public enum RegisteredState
{
    Active,
    Suspended,
    Dissolved,
}

/// <param name="PersonalNumber">Twelve digits.</param>
/// <param name="BirthDate"><c>yyyy-MM-dd</c>; null when the register does not know it, and then nobody is recognised by this entry.</param>
public sealed record RegisteredOfficer(string PersonalNumber, string? BirthDate, RegisteredRole Role)
{
    /// <summary>In the register's words.</summary>
    public string? Position { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Nothing personal may reach a log through string interpolation.</summary>
    public override string ToString() => $"RegisteredOfficer({Role})";
}

public enum RegisteredRole
{
    LegalRepresentative,
    Owner,
    Representative,
}
