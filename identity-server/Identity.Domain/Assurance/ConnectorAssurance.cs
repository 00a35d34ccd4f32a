using Identity.Protocols.Federation;

namespace Identity.Domain.Assurance;

/// <summary>How far a connector is believed; part of its configuration row.</summary>
/// <param name="ProofingCeiling">The best proofing that this upstream may vouch for.</param>
/// <param name="LevelCeiling">The highest authentication level, 1 to 4, that its methods may prove.</param>
/// <param name="ImpliedAmr">Methods that every sign-in at this upstream uses according to the signed contract; read only when the
/// upstream names none itself. Empty without such a clause.</param>
public sealed record ConnectorAssurance(ProofingLevel ProofingCeiling, int LevelCeiling, IReadOnlyList<string> ImpliedAmr);
