using Identity.Domain.Linking;
using Identity.Protocols.Federation;

namespace Identity.Tests.Linking;

/// <summary>Somebody with an e-ID and an official mailbox, who could do without the mailbox; one thing is changed at a time.</summary>
public sealed class DoorRemovalTests
{
    private static readonly DoorFacts Eid = new(Guid.NewGuid(), "eid", ProofingLevel.Level02, Usable: true, Frozen: false);
    private static readonly DoorFacts Mailbox = new(Guid.NewGuid(), "mail", ProofingLevel.MailOnly, Usable: true, Frozen: false);
    private static readonly ServiceNeed Portal = new("portal", ["eid", "mail"], ProofingLevel.SelfAsserted);

    [Fact]
    public void What_nothing_depends_on_may_go() => Assert.Equal(DoorRemovalVerdict.Yes, Judge(Mailbox, [Eid, Mailbox], Portal));

    [Fact]
    public void The_last_way_in_stays() => Assert.Equal(DoorRemovalObstacle.LastWayIn, Judge(Mailbox, [Mailbox]).Obstacle);

    [Theory, InlineData(false, false), InlineData(true, true)]
    public void A_door_that_does_not_open_is_no_way_in(bool usable, bool frozen) =>
        Assert.Equal(DoorRemovalObstacle.LastWayIn, Judge(Mailbox, [Eid with { Usable = usable, Frozen = frozen }, Mailbox]).Obstacle);

    [Fact]
    public void A_door_that_a_connected_service_needs_stays_and_the_service_is_named()
    {
        var verdict = Judge(Mailbox, [Eid, Mailbox], Portal, new ServiceNeed("documents", ["mail"], ProofingLevel.SelfAsserted));
        Assert.Equal(DoorRemovalObstacle.NeededByService, verdict.Obstacle);
        Assert.Equal(["documents"], verdict.Services);
    }

    [Fact]
    public void The_level_counts_as_much_as_the_connector()
    {
        var other = Eid with { Id = Guid.NewGuid(), Proofing = ProofingLevel.Level01 };
        Assert.Equal(DoorRemovalObstacle.NeededByService, Judge(Eid, [Eid, other], new ServiceNeed("strict", ["eid"], ProofingLevel.Level02)).Obstacle);
    }

    [Fact]
    public void A_service_that_the_door_never_served_keeps_nothing() =>
        Assert.Null(Judge(Mailbox, [Eid, Mailbox], new ServiceNeed("strict", ["mail"], ProofingLevel.Level02)).Obstacle);

    [Fact]
    public void The_strongest_proof_of_the_person_stays_for_recovery() =>
        Assert.Equal(DoorRemovalObstacle.LastRecoveryRoute, Judge(Eid, [Eid, Mailbox]).Obstacle);

    [Fact]
    public void One_of_two_equal_doors_may_go() => Assert.Null(Judge(Eid, [Eid, Eid with { Id = Guid.NewGuid() }]).Obstacle);

    [Fact]
    public void A_disputed_door_cannot_be_made_to_disappear() =>
        Assert.Equal(DoorRemovalObstacle.Frozen, Judge(Mailbox with { Frozen = true }, [Eid, Mailbox with { Frozen = true }]).Obstacle);

    private static DoorRemovalVerdict Judge(DoorFacts door, DoorFacts[] doors, params ServiceNeed[] services) => DoorRemoval.Judge(new(door, doors, services));
}
