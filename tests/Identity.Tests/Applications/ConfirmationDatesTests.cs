using Identity.Domain.Applications;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>What was in production before anybody asked gets its day, and not all of them the same one.</summary>
public sealed class ConfirmationDatesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Applications_of_before_are_given_a_day_that_is_a_year_after_production_or_still_to_come(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine, new FixedClock(Start));
        await office.Admin.Provider.ImportAsync($$"""{ "clients": [{{string.Join(',', Enumerable.Range(0, 12).Select(n => Client($"live-{n}", enabled: n != 11)))}}] }""");
        await office.RefreshAdminAsync();
        await office.RefreshProviderAsync();
        await office.Admin.InDatabaseAsync(db =>
        {
            // The first has been live for a hundred days, the others for three years, the last one is switched off.
            for (var n = 0; n < 12; n++)
                db.Applications.Add(new() { UnitId = office.Agency, NameVi = $"{n}", NameEn = $"{n}", SandboxClientId = $"sandbox-{n}", ProductionClientId = $"live-{n}", CreatedAt = Start.AddDays(n == 0 ? -100 : -1_000), CreatedBy = "test" });
            db.Applications.Add(new() { UnitId = office.Agency, NameVi = "try", NameEn = "try", SandboxClientId = "sandbox", CreatedAt = Start, CreatedBy = "test" });
            return db.SaveChangesAsync();
        });

        await office.BothNodesAsync();
        await office.BothNodesAsync();

        var due = await office.Admin.InDatabaseAsync(db => db.Applications.ToDictionaryAsync(a => a.NameVi, a => a.ConfirmationDueAt));
        Assert.Equal(265, (due["0"]!.Value - Start).TotalDays, 1.0);
        var others = Enumerable.Range(1, 10).Select(n => due[$"{n}"]!.Value).ToList();
        Assert.All(others, day => Assert.InRange((day - Start).TotalDays, 59, 60 + 366));
        Assert.True(others.Distinct().Count() > 5);
        Assert.Null(due["11"]);
        Assert.Null(due["try"]);
        Assert.Equal(1, await office.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "application.confirmation_dated")));
        Assert.Empty(await office.LettersAsync(Guid.Empty));
    }

    private static string Client(string id, bool enabled) => $$"""
        { "client_id": "{{id}}", "enabled": {{(enabled ? "true" : "false")}}, "client_name": { "vi": "{{id}}", "en": "{{id}}" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" }, "application_type": "machine",
          "grant_types": ["client_credentials"], "token_endpoint_auth_method": "client_secret_basic", "secrets": [{ "value": "secret-of-a-machine-0123456789-0123456789" }] }
        """;
}
