using Identity.Protocols.Federation;

namespace Identity.Domain.Assurance;

/// <summary>How and how well somebody signed in: what a session remembers and tokens assert.</summary>
/// <param name="Level">0 to 4. When <paramref name="Amr"/> holds anything, exactly the level that it proves.</param>
/// <param name="Amr">Recognised methods only; empty when the upstream does not let us know them.</param>
/// <param name="AuthenticatedAt">When the person last proved anything: the moment in which <paramref name="Level"/> was complete.</param>
/// <param name="Connector">Name of the connector, or of the local way, that the sign-in began with.</param>
public sealed record AuthenticationContext(
    int Level, IReadOnlyList<string> Amr, DateTimeOffset AuthenticatedAt, ProofingLevel Proofing, string Connector)
{
    private readonly IReadOnlyList<Proof>? _proofs;

    public string Acr => AcrValues.For(Level);

    /// <summary>What it is made of; a plain sign-in is one proof.</summary>
    public IReadOnlyList<Proof> Proofs
    {
        get => _proofs ?? [new Proof(Level, Amr, AuthenticatedAt)];
        init => _proofs = value;
    }

    /// <summary>When the person was last there by a proof that stands alone: what a change of their own ways to sign in is judged by.</summary>
    public DateTimeOffset PresentAt => Proofs.Where(p => p.StandsAlone).Select(p => p.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
}
