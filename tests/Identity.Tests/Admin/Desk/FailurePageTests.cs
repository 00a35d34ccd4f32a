using Identity.Admin;
using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Hosting.Language;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>The code that a person reads out, told in words.</summary>
public sealed class FailurePageTests
{
    private const string Code = "AB-482-915-307";

    public static TheoryData<string> Languages => [.. TextCatalog.Languages];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_code_tells_the_steps_the_reason_and_whose_turn_it_is(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await FailAsync(stage);

        Assert.Equal("Vì sao không đăng nhập được?", (await desk.OpenAsync("/failures")).Heading);
        var page = await desk.OpenAsync("/failures?code=ab482915307");

        Assert.Contains("Nơi đăng nhập không trả lời kịp", page.Text, StringComparison.Ordinal);
        Assert.Contains("Bên cung cấp cách đăng nhập phải xử lý", page.Text, StringComparison.Ordinal);
        Assert.Contains("Quay về với câu trả lời: được sau 33,9 giây", page.Text, StringComparison.Ordinal);
        Assert.Contains("Kiểm tra câu trả lời: Không trả lời kịp", page.Text, StringComparison.Ordinal);
        Assert.Equal(AdminActor.NameOf(desk.PersonId), await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == FailureTimeline.Looked).Select(a => a.Actor).SingleAsync()));
    }

    [Theory, InlineData("AB-482-915-30", "2 chữ và 9 số"), InlineData("AB-111-111-111", "Không ai biết mã này")]
    public async Task A_code_that_is_none_or_unknown_says_so(string code, string said)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        Assert.Contains(said, (await desk.OpenAsync($"/failures?code={code}")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_problem_step_ending_and_fixer_has_its_words(string language)
    {
        var texts = TextCatalog.Load(typeof(AdminApplication).Assembly).In(language);
        Assert.All(FailureAdvice.Problems, problem => Assert.True(texts.ContainsKey($"fail.short.{problem}") && texts.ContainsKey($"fail.problem.{problem}"), problem));
        Assert.All(Enum.GetNames<SignInStep>(), step => Assert.True(texts.ContainsKey($"fail.step.{step}"), step));
        Assert.All(Enum.GetNames<FailureEnding>(), ending => Assert.True(texts.ContainsKey($"fail.ending.{ending}"), ending));
        Assert.All(Enum.GetNames<FailureFixer>(), fixer => Assert.True(texts.ContainsKey($"fail.fixer.{fixer}"), fixer));
    }

    internal static Task<int> FailAsync(DeskStage stage) => stage.Admin.InDatabaseAsync(db =>
    {
        db.FailureRecords.Add(new()
        {
            Reference = Code, Ending = FailureEnding.Problem, Problem = "TimedOut", ClientId = "portal", Connector = "vnconnect", StartedAt = stage.Now.AddMinutes(-1), At = stage.Now,
            Steps = "Chosen+12400=vnconnect Left+12600=ok Back+46500=ok Judged+51500=TimedOut",
        });
        db.AuditEvents.Add(new AuditEvent { At = stage.Now, Name = "signin.failed", Reason = "TimedOut", ClientId = "portal", Connector = "vnconnect", Reference = Code });
        return db.SaveChangesAsync();
    });
}
