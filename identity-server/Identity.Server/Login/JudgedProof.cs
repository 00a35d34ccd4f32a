using Identity.Domain.Assurance;
using Identity.Domain.Linking;
using Identity.Protocols.Federation;

namespace Identity.Server.Login;

/// <summary>What a connector proved, seen with its own ceilings: who came, how well they signed in, and what such a door may do.</summary>
/// <param name="Identity">No better proofed than the connector is believed.</param>
public sealed record JudgedProof(ExternalIdentity Identity, AuthenticationContext Authentication, LinkPolicy Policy);
