using System.Globalization;
using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Tests.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Api;

internal static class PeopleCases
{
    private const string LookUps = "/people/look-ups";

    public static readonly AreaCases All = new(
        new Dictionary<string, Func<ApiStage, string, Task<Sample>>>
        {
            ["lookUpPerson"] = async (s, template) => new(template, await KeyAsync(s)),
            ["getPerson"] = async (s, template) => new(At(template, await OpenAsync(s))),
            ["showValue"] = async (s, template) => new(At(template, await OpenAsync(s)), new JsonObject { ["fact"] = "name" }),
            ["getFailure"] = async (s, template) => new(template.Replace("{code}", await FailureAsync(s), StringComparison.Ordinal)),
            ["endSession"] = async (s, template) => await SessionAsync(s, template),
            ["endAllSessions"] = async (s, template) => new(At(template, await OpenAsync(s))),
            ["freezePerson"] = async (s, template) => new(At(template, await OpenAsync(s)), Deed("security_incident")),
            ["unfreezePerson"] = async (s, template) => new(At(template, await OpenAsync(s, PersonStatus.Suspended)), Deed("checks_done")),
            ["declineRecovery"] = async (s, template) => new(At(template, await AskedAsync(s))),
            ["getConflict"] = async (s, template) => new(At(template, await ConflictAsync(s, proposed: false))),
            ["sendConflictBack"] = async (s, template) => await ProposedConflictAsync(s, template),
        },
        new Dictionary<string, Func<ApiStage, Task<ApiReply>>>
        {
            ["lookUpPerson 404"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "lookUpPerson", LookUps, body => body["text"] = "096168999999"),
            ["lookUpPerson 409"] = SixPeopleBehindOneCodeAsync,
            ["lookUpPerson 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "lookUpPerson", LookUps, body => body["text"] = "12"),
            ["lookUpPerson 429"] = TooManySearchesAsync,
            ["getFailure 404"] = s => s.Api.GetAsync($"{TestApi.Root}/failures/AB-000-000-000", s.Administrator),
            ["endSession 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "endSession", $"{LookUps}/{{id}}/sessions/{{session}}/ending", times: 2),
            ["freezePerson 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "freezePerson", $"{LookUps}/{{id}}/freezing", times: 2),
            ["freezePerson 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "freezePerson", $"{LookUps}/{{id}}/freezing", body => body["case_number"] = "Nguyễn Văn A"),
            ["unfreezePerson 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "unfreezePerson", $"{LookUps}/{{id}}/unfreezing", times: 2),
            ["unfreezePerson 422"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "unfreezePerson", $"{LookUps}/{{id}}/unfreezing", body => body["case_number"] = ""),
            ["declineRecovery 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "declineRecovery", "/recoveries/{id}/refusal", times: 2),
            ["sendConflictBack 409"] = s => AreaCases.SendAsync(s, HttpMethod.Post, "sendConflictBack", "/conflicts/{id}/sending-back", times: 2),
            ["sendConflictBack 412"] = async s => await s.Api.SendAsync(HttpMethod.Post, (await ProposedConflictAsync(s, $"{TestApi.Root}/conflicts/{{id}}/sending-back")).Path, s.Administrator, body: null, ("If-Match", "\"d0\"")),
        });

    public static string NewNumber(ApiStage stage) => string.Create(CultureInfo.InvariantCulture, $"096168{stage.NextNumber():D6}");

    private static string At(string template, Guid id) => template.Replace("{id}", $"{id}", StringComparison.Ordinal);

    private static JsonObject Deed(string reason) => new() { ["reason"] = reason, ["case_number"] = "CV-12/2026" };

    private static async Task<JsonObject> KeyAsync(ApiStage stage)
    {
        var number = NewNumber(stage);
        await stage.Api.Admin.Provider.CitizenAsync(number, "1968-09-05");
        return new() { ["key"] = "personal_number", ["text"] = number, ["reason"] = "asked_for_help" };
    }

    /// <summary>A look-up that the administrator's account has open. Not by a search: an account has a hundred an hour.</summary>
    private static async Task<Guid> OpenAsync(ApiStage stage, PersonStatus status = PersonStatus.Active)
    {
        var person = await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05");
        return await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            (await db.People.FindAsync(person))!.ChangeStatus(status);
            var lookUp = LookUpOf(person);
            db.PersonLookUps.Add(lookUp);
            await db.SaveChangesAsync();
            return lookUp.Id;
        });
    }

    private static PersonLookUp LookUpOf(Guid person) => new()
    {
        ActorId = new AdminActor(Guid.Empty, [], []) { ServiceAccount = "administrator" }.Holder, PersonId = person, At = DateTimeOffset.UtcNow, ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(30),
    };

    private static async Task<Sample> SessionAsync(ApiStage stage, string template)
    {
        var person = await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05");
        var (lookUp, now) = (LookUpOf(person), DateTimeOffset.UtcNow);
        var session = Session.Begin(now, at => new Session
        {
            SecretDigest = $"{Guid.NewGuid():N}", PersonId = person, Connector = "vnconnect", Acr = "x", Amr = "pwd", Device = "Firefox", AuthenticatedAt = at, CreatedAt = at, ExpiresAt = at.AddHours(1),
        });
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            db.PersonLookUps.Add(lookUp);
            db.Sessions.Add(session);
            return db.SaveChangesAsync();
        });
        return new(At(template, lookUp.Id).Replace("{session}", $"{session.Id}", StringComparison.Ordinal));
    }

    private static async Task<string> FailureAsync(ApiStage stage, params Guid[] people)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{stage.NextNumber():D6}");
        var code = $"AB-100-{digits[..3]}-{digits[3..]}";
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            foreach (var person in people.Select(p => (Guid?)p).DefaultIfEmpty()) db.AuditEvents.Add(new() { At = DateTimeOffset.UtcNow, Name = "federation.refused", Reason = "TimedOut", Reference = code, PersonId = person });
            return db.SaveChangesAsync();
        });
        return code;
    }

    private static async Task<ApiReply> SixPeopleBehindOneCodeAsync(ApiStage stage)
    {
        var people = new List<Guid>();
        for (var i = 0; i < 6; i++) people.Add(await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05"));
        var code = await FailureAsync(stage, [.. people]);
        return await stage.Api.PostAsync(TestApi.Root + LookUps, stage.Administrator, new { key = "failure_code", text = code, reason = "asked_for_help" });
    }

    private static async Task<ApiReply> TooManySearchesAsync(ApiStage stage)
    {
        var token = await stage.Api.NewAccountAsync("curious", AdminRole.HelpDesk);
        await stage.Api.Admin.InDatabaseAsync(db =>
        {
            for (var i = 0; i < 100; i++) db.AuditEvents.Add(new() { At = DateTimeOffset.UtcNow, Name = PersonLookUps.Searched, Actor = "service:curious" });
            return db.SaveChangesAsync();
        });
        return await stage.Api.PostAsync(TestApi.Root + LookUps, token, await KeyAsync(stage));
    }

    private static async Task<Guid> AskedAsync(ApiStage stage)
    {
        var (one, another) = (await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05"), await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05"));
        return await stage.Api.Admin.InDatabaseAsync(async db =>
        {
            var aid = new Domain.Factors.RecoveryAid { PersonId = one, CaseNumber = "CV-1", RequestedBy = another, RequestedAt = DateTimeOffset.UtcNow, ExpiresAt = DateTimeOffset.UtcNow.AddHours(1) };
            db.RecoveryAids.Add(aid);
            await db.SaveChangesAsync();
            return aid.Id;
        });
    }

    private static async Task<Sample> ProposedConflictAsync(ApiStage stage, string template)
    {
        var id = await ConflictAsync(stage, proposed: true);
        return new(At(template, id), Body: null, ("If-Match", (await stage.Api.GetAsync($"{TestApi.Root}/conflicts/{id}", stage.Administrator)).ETag!));
    }

    private static async Task<Guid> ConflictAsync(ApiStage stage, bool proposed)
    {
        var number = NewNumber(stage);
        var (one, two) = (await stage.Api.Admin.Provider.CitizenAsync(number, "1968-09-05"), await stage.Api.Admin.Provider.CitizenAsync(NewNumber(stage), "1968-09-05"));
        return await stage.Api.Admin.WithAsync(async (IServiceProvider services) =>
        {
            var (db, now) = (services.GetRequiredService<IdentityDb>(), DateTimeOffset.UtcNow);
            var external = new ExternalIdentity("vnconnect", "https://eid.example", $"eid-{Guid.NewGuid():N}", ExternalSubjectKind.Individual, ProofingLevel.Level02,
                new Dictionary<string, string> { [AttributeNames.Name] = "Nguyễn Thị Ẩn", [AttributeNames.PersonalNumber] = number, [AttributeNames.BirthDate] = "1968-09-05" }, [], now);
            KnownPerson[] known = [.. new[] { one, two }.Select(id => new KnownPerson(id, PersonStatus.Active, ProofingLevel.Level02, "1968-09-05", NumberComparison.Same))];
            var conflict = await services.GetRequiredService<LinkConflicts>()
                .RecordAsync(LinkRefusal.SeveralPeopleShareNumber, new LinkEvidence(external, null, known, null, now), "AB-111-222-333", freezeDoor: false, CancellationToken.None);
            if (proposed) db.ConflictProposals.Add(new() { ConflictId = conflict.Id, Verdict = ConflictVerdict.Stays, Papers = "CC-1", ProposedBy = one, ProposedAt = now });
            await db.SaveChangesAsync();
            return conflict.Id;
        });
    }
}
