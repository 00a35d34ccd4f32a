using Identity.Domain.Linking;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Server.Organisations;

/// <summary>What a sign-in sets going once it is committed: posts that waited for this person, and a question to the registers. It must never cost anybody the sign-in.</summary>
public sealed class SignInAftermath(StaffArrivals arrivals, RegisterVisitor visitor, ILogger<SignInAftermath> log)
{
    /// <param name="external">With the connector's proofing ceiling applied.</param>
    public async Task FollowAsync(Guid personId, ExternalIdentity external, CancellationToken ct)
    {
        if (SyntheticPerson.Is(external)) return;
        try
        {
            await arrivals.ArriveAsync(personId, external, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The person is signed in already; the next sign-in finds the post still waiting.
            log.ArrivalFailed(external.Connector, failure);
        }
        if (external.Proofing == ProofingLevel.Level02 && external.Find(AttributeNames.PersonalNumber) is not null) visitor.SignedIn(personId);
    }
}
