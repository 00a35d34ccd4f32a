using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Linking;

/// <summary>What the desk decides happens whole or not at all, is told to everybody concerned, and can be taken back.</summary>
public sealed class ConflictDeskTests
{
    public static TheoryData<Engine> Both => Engines.All;

    [Theory, MemberData(nameof(Both))]
    public async Task A_way_in_moves_to_whose_it_is_with_an_end_to_what_came_in_by_it_and_back_again(Engine engine)
    {
        var stage = await ConflictStage.OnAsync(engine);
        var mailbox = ConflictStage.Through(ConflictStage.Mail, ProofingLevel.MailOnly);
        var (holder, claimant) = (await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())), await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())));
        await stage.AddDoorAsync(holder, mailbox);
        var (byMail, byEid) = (await stage.SignedInAsync(holder, ConflictStage.Mail), await stage.SignedInAsync(holder, "vnconnect"));
        await stage.DoAsync(services => services.GetRequiredService<SessionStore>().JoinAsync(byMail.Id, "portal", "subject", CancellationToken.None));
        var conflict = await stage.CollideAsync(mailbox, at: claimant, freezeDoor: true);
        var frozenAt = (await stage.DoorAsync(mailbox)).FrozenAt;
        Assert.NotNull(frozenAt);

        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, claimant));

        var door = await stage.DoorAsync(mailbox);
        Assert.Equal((claimant, null), (door.PersonId, door.FrozenAt));
        Assert.Equal((true, false), (await IsOverAsync(stage, byMail), await IsOverAsync(stage, byEid)));
        Assert.Equal(1, await stage.Provider.InDatabaseAsync(db => db.LogoutDeliveries.CountAsync(d => d.SessionId == byMail.Id)));
        Assert.Subset((await stage.TrailAsync(holder)).ToHashSet(), new HashSet<string> { "identity.unlinked", "session.ended", "conflict.resolved" });
        Assert.Subset((await stage.TrailAsync(claimant)).ToHashSet(), new HashSet<string> { "identity.linked", "conflict.resolved" });
        Assert.Equal(2, await stage.Provider.InDatabaseAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.ConflictDecided && (n.PersonId == holder || n.PersonId == claimant))));
        Assert.IsType<LinkDecision.SignIn>(await stage.DecideAsync(mailbox));
        Assert.Equal(ConflictOutcome.NotOpen, await stage.RuleAsync(conflict, ConflictDecision.Stays));

        Assert.Equal(ConflictOutcome.Done, await stage.UndoAsync(conflict));

        door = await stage.DoorAsync(mailbox);
        Assert.Equal((holder, frozenAt), (door.PersonId, door.FrozenAt));
        var open = await stage.Provider.InDatabaseAsync(db => db.LinkConflicts.AsNoTracking().SingleAsync(c => c.Id == conflict.Id));
        Assert.Equal((null, null, null, null), (open.ResolvedAt, open.Decision, open.BelongsTo, open.Resolution));
        Assert.Equal(ConflictOutcome.NotDecided, await stage.UndoAsync(conflict));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_two_operators_at_once_one_decides(Engine engine)
    {
        var stage = await ConflictStage.OnAsync(engine);
        var (conflict, _, _) = await MailboxOfAnotherAsync(stage);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => stage.RuleAsync(conflict, i % 2 == 0 ? ConflictDecision.Stays : ConflictDecision.Shut)));
        Assert.Equal([ConflictOutcome.Done, ConflictOutcome.NotOpen, ConflictOutcome.NotOpen, ConflictOutcome.NotOpen], outcomes.Order());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_shared_number_becomes_one_persons_alone_and_an_undo_brings_it_back_to_both(Engine engine)
    {
        var stage = await ConflictStage.OnAsync(engine);
        var number = ConflictStage.NewNumber();
        var eid = ConflictStage.Eid(number);
        var (right, wrong) = (await stage.PersonAsync(eid), await stage.PersonAsync(ConflictStage.Eid(number)));
        var conflict = await stage.CollideAsync(ConflictStage.Eid(number));
        Assert.Equal(LinkRefusal.SeveralPeopleShareNumber, conflict.Kind);

        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, right));

        Assert.Equal((number, null), (await stage.FactAsync(right, AttributeNames.PersonalNumber), await stage.FactAsync(wrong, AttributeNames.PersonalNumber)));
        // Now a new way with that number, proved as well, is certainly theirs.
        Assert.Equal(new LinkDecision.SignIn(right, AddLink: true), await stage.DecideAsync(ConflictStage.Eid(number)));

        Assert.Equal(ConflictOutcome.Done, await stage.UndoAsync(conflict));
        Assert.Equal((number, number), (await stage.FactAsync(right, AttributeNames.PersonalNumber), await stage.FactAsync(wrong, AttributeNames.PersonalNumber)));
        Assert.IsType<LinkDecision.Refuse>(await stage.DecideAsync(ConflictStage.Eid(number)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_corrected_number_replaces_the_old_one_and_the_way_opens(Engine engine)
    {
        var stage = await ConflictStage.OnAsync(engine);
        var (before, after) = (ConflictStage.NewNumber(), ConflictStage.NewNumber());
        var eid = ConflictStage.Eid(before);
        var person = await stage.PersonAsync(eid);
        var corrected = eid with { Attributes = new Dictionary<string, string>(eid.Attributes) { [AttributeNames.PersonalNumber] = after } };
        var conflict = await stage.CollideAsync(corrected);
        Assert.Equal(LinkRefusal.PersonalNumberMismatch, conflict.Kind);

        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, person));

        Assert.Equal(after, await stage.FactAsync(person, AttributeNames.PersonalNumber));
        Assert.Equal(new LinkDecision.SignIn(person, AddLink: false), await stage.DecideAsync(corrected));
        Assert.Contains("attribute.changed", await stage.TrailAsync(person));

        Assert.Equal(ConflictOutcome.Done, await stage.UndoAsync(conflict));
        Assert.Equal(before, await stage.FactAsync(person, AttributeNames.PersonalNumber));
        Assert.Equal(new LinkDecision.SignIn(person, AddLink: false), await stage.DecideAsync(eid));
    }

    [Fact]
    public async Task A_corrected_birth_date_lets_the_number_match()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var number = ConflictStage.NewNumber();
        var person = await stage.PersonAsync(ConflictStage.Eid(number, "1968-09-05"));
        var other = ConflictStage.Eid(number, "1968-09-06");
        var conflict = await stage.CollideAsync(other);
        Assert.Equal(LinkRefusal.BirthDateDiffers, conflict.Kind);
        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, person));
        Assert.Equal("1968-09-06", await stage.FactAsync(person, AttributeNames.BirthDate));
        Assert.Equal(new LinkDecision.SignIn(person, AddLink: true), await stage.DecideAsync(other));
    }

    [Fact]
    public async Task A_number_that_a_third_person_holds_is_given_to_nobody()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var (own, foreign) = (ConflictStage.NewNumber(), ConflictStage.NewNumber());
        var eid = ConflictStage.Eid(own);
        var person = await stage.PersonAsync(eid);
        var conflict = await stage.CollideAsync(eid with { Attributes = new Dictionary<string, string>(eid.Attributes) { [AttributeNames.PersonalNumber] = foreign } });
        // Somebody came with it meanwhile.
        await stage.PersonAsync(ConflictStage.Eid(foreign));
        Assert.Equal(ConflictOutcome.HeldByAnother, await stage.RuleAsync(conflict, ConflictDecision.Belongs, person));
        Assert.Equal(own, await stage.FactAsync(person, AttributeNames.PersonalNumber));
        Assert.Null(await stage.Provider.InDatabaseAsync(db => db.LinkConflicts.Where(c => c.Id == conflict.Id).Select(c => c.ResolvedAt).SingleAsync()));
    }

    [Fact]
    public async Task What_stays_opens_again_and_what_is_shut_signs_nobody_in()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var (stays, mailbox, holder) = await MailboxOfAnotherAsync(stage);
        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(stays, ConflictDecision.Stays));
        Assert.Equal(new LinkDecision.SignIn(holder, AddLink: false), await stage.DecideAsync(mailbox));

        var (shut, second, owner) = await MailboxOfAnotherAsync(stage, freezeDoor: false);
        var session = await stage.SignedInAsync(owner, ConflictStage.Mail);
        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(shut, ConflictDecision.Shut));
        Assert.Equal(new LinkDecision.Refuse(LinkRefusal.LinkFrozen), await stage.DecideAsync(second));
        Assert.True(await IsOverAsync(stage, session));
        Assert.Equal(ConflictOutcome.Done, await stage.UndoAsync(shut));
        Assert.Equal(new LinkDecision.SignIn(owner, AddLink: false), await stage.DecideAsync(second));
    }

    [Fact]
    public async Task Only_somebody_whom_the_case_is_about_can_be_given_anything()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var (conflict, mailbox, holder) = await MailboxOfAnotherAsync(stage);
        var stranger = await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber()));
        foreach (var person in (Guid?[])[stranger, Guid.NewGuid(), null])
            Assert.Equal(ConflictOutcome.NotAParty, await stage.RuleAsync(conflict, ConflictDecision.Belongs, person));
        Assert.Equal(holder, (await stage.DoorAsync(mailbox)).PersonId);
        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, holder));
        Assert.Equal((holder, null), ((await stage.DoorAsync(mailbox)).PersonId, (await stage.DoorAsync(mailbox)).FrozenAt));
    }

    [Fact]
    public async Task A_decision_is_not_taken_back_over_what_has_changed_since()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var (conflict, mailbox, _) = await MailboxOfAnotherAsync(stage);
        Assert.Equal(ConflictOutcome.Done, await stage.RuleAsync(conflict, ConflictDecision.Belongs, conflict.Parties.Single(p => p.Proved).PersonId));
        await stage.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Subject == mailbox.Subject).ExecuteDeleteAsync());
        Assert.Equal(ConflictOutcome.ChangedSince, await stage.UndoAsync(conflict));

        var eid = ConflictStage.Eid(ConflictStage.NewNumber());
        var person = await stage.PersonAsync(eid);
        var corrected = eid with { Attributes = new Dictionary<string, string>(eid.Attributes) { [AttributeNames.PersonalNumber] = ConflictStage.NewNumber() } };
        var number = await stage.CollideAsync(corrected);
        await stage.RuleAsync(number, ConflictDecision.Belongs, person);
        // A newer decision about the same record.
        var again = await stage.CollideAsync(eid);
        await stage.RuleAsync(again, ConflictDecision.Belongs, person);
        Assert.Equal(ConflictOutcome.ChangedSince, await stage.UndoAsync(number));
        Assert.Equal(eid.Find(AttributeNames.PersonalNumber), await stage.FactAsync(person, AttributeNames.PersonalNumber));
    }

    [Fact]
    public async Task After_thirty_days_or_when_it_has_come_up_again_a_decision_stays()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        var stage = new ConflictStage(provider);
        var (conflict, mailbox, _) = await MailboxOfAnotherAsync(stage);
        var claimant = conflict.Parties.Single(p => p.Proved).PersonId;
        await stage.RuleAsync(conflict, ConflictDecision.Stays);
        var second = await stage.CollideAsync(mailbox, at: claimant);
        Assert.NotEqual(conflict.Id, second.Id);
        Assert.Equal(ConflictOutcome.OpenAgain, await stage.UndoAsync(conflict));
        await stage.RuleAsync(second, ConflictDecision.Stays);
        provider.Clock!.Advance(TimeSpan.FromDays(30));
        Assert.Equal(ConflictOutcome.TooLate, await stage.UndoAsync(second));
    }

    [Fact]
    public async Task Every_look_stands_in_the_history_of_both_and_the_first_is_told_to_them()
    {
        var stage = await ConflictStage.OnAsync(Engine.Sqlite);
        var (conflict, _, holder) = await MailboxOfAnotherAsync(stage);
        for (var look = 0; look < 2; look++)
            await stage.DoAsync(async services =>
            {
                var desk = services.GetRequiredService<ConflictDesk>();
                await desk.LookAsync((await desk.FindAsync(conflict.Reference.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), CancellationToken.None))!, CancellationToken.None);
                return 0;
            });
        foreach (var person in conflict.Parties.Select(p => p.PersonId))
        {
            Assert.Equal(2, (await stage.TrailAsync(person)).Count(name => name == ConflictDesk.Looked));
            Assert.Equal(1, await stage.Provider.InDatabaseAsync(db => db.Notices.CountAsync(n => n.PersonId == person && n.Kind == NoticeKind.RecordLookedUp)));
        }
        Assert.Contains(conflict.Parties, p => p.PersonId == holder);
    }

    /// <summary>Somebody who proved to be one person came through the mailbox of another.</summary>
    private static async Task<(LinkConflict Conflict, ExternalIdentity Mailbox, Guid Holder)> MailboxOfAnotherAsync(ConflictStage stage, bool freezeDoor = true)
    {
        var mailbox = ConflictStage.Through(ConflictStage.Mail, ProofingLevel.MailOnly);
        var (holder, claimant) = (await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())), await stage.PersonAsync(ConflictStage.Eid(ConflictStage.NewNumber())));
        await stage.AddDoorAsync(holder, mailbox);
        return (await stage.CollideAsync(mailbox, at: claimant, freezeDoor), mailbox, holder);
    }

    private static Task<bool> IsOverAsync(ConflictStage stage, Session session) => stage.Provider.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.Id == session.Id && s.EndedAt != null));
}
