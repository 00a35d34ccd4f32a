using AngleSharp.Html.Dom;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Applications;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Drafts;

/// <summary>A form with a file that met an expired sign-in comes back with its file.</summary>
public sealed class ParkedFileTests
{
    private const string Upload = "/staff/import/upload";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_personnel_list_is_still_there_after_signing_in_again_and_takes_one_press(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);

        var back = await ComeBackAsync(stage.Admin, visitor, SentFile.List, typed: [("source", "hr"), ("onlyChanges", "true")]);
        var plan = await SentFile.PressAsync(visitor, back, Upload, "file");
        var again = await SentFile.PressAsync(visitor, back, Upload, "file");

        Assert.Contains("chưa được lưu", back.Text, StringComparison.Ordinal);
        Assert.Contains("Tệp danh-sach.csv vẫn còn", back.Text, StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)back.Document.QuerySelector("#only")!).IsChecked);
        Assert.Equal("hr", ((IHtmlSelectElement)back.Document.QuerySelector("#source")!).Value);
        Assert.All([plan, again], page => Assert.Contains("Lê Văn Mẫu", page.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_file_replaces_it()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var back = await ComeBackAsync(stage.Admin, visitor, SentFile.List);

        var plan = await SentFile.PressAsync(visitor, back, Upload, "file", SentFile.ListOf("CB9,,cb9@so.mau.example,Trần Thị Khác,H99.07.12,Chuyên viên,2026-01-01,,"), "khac.csv");

        Assert.Contains("Trần Thị Khác", plan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lê Văn Mẫu", plan.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_largest_list_comes_back_whole(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var largest = new byte[StaffUpload.LargestFile];
        new Random(1).NextBytes(largest);

        var back = await ComeBackAsync(stage.Admin, visitor, largest);

        var kept = await stage.Admin.WithAsync(async (ParkedForms forms) => await forms.FindAsync(KeptIn(back)!, visitor.PersonId, CancellationToken.None));
        Assert.Equal((SentFile.ListName, Convert.ToHexString(largest)), (kept!.File!.Name, Convert.ToHexString(kept.File.Bytes)));
        Assert.Equal(20, await CountAsync(stage.Admin));
    }

    [Fact]
    public async Task A_logo_comes_back_beside_the_words_that_are_stored_and_takes_one_press()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var form = await owner.OpenAsync($"/apps/{id}/look");
        office.Admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        var back = await owner.PassAsync(await SentFile.PressAsync(owner, form, $"/apps/{id}/look?handler=Logo", "logo", Pictures.Png(96, 48), "hình/biểu tượng.png"));
        var saved = await SentFile.PressAsync(owner, back, $"/apps/{id}/look?handler=Logo", "logo");

        Assert.Contains("Tệp biểu tượng.png vẫn còn", back.Text, StringComparison.Ordinal);
        Assert.Equal("Hồ sơ đất đai", back.Document.QuerySelector("#name-vi")!.GetAttribute("value"));
        Assert.Contains("Đã lưu", saved.Text, StringComparison.Ordinal);
        Assert.Equal(96, (await office.SandboxAsync(id)).Client.Logo!.Width);
    }

    [Fact]
    public async Task It_lasts_over_a_second_sign_in_that_ended_before_the_press()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var first = await ComeBackAsync(stage.Admin, visitor, SentFile.List);
        stage.Admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        var second = await visitor.PassAsync(await SentFile.PressAsync(visitor, first, Upload, "file"));
        var plan = await SentFile.PressAsync(visitor, second, Upload, "file");

        Assert.Contains("Tệp danh-sach.csv vẫn còn", second.Text, StringComparison.Ordinal);
        Assert.Contains("Lê Văn Mẫu", plan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Used_it_goes_after_some_minutes_and_unused_after_half_a_day()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var used = await ComeBackAsync(stage.Admin, visitor, SentFile.List);
        await SentFile.PressAsync(visitor, used, Upload, "file");
        await ComeBackAsync(stage.Admin, visitor, SentFile.List);

        Assert.Equal(1, await RemoveExpiredAsync(stage.Admin));
        stage.Admin.Clock!.Advance(ParkedForms.Lifetime + TimeSpan.FromMinutes(1));
        await RemoveExpiredAsync(stage.Admin);

        Assert.Equal(0, await CountAsync(stage.Admin));
    }

    [Fact]
    public async Task M19_A_file_is_its_senders_alone_and_lies_sealed()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        using var other = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var back = await ComeBackAsync(stage.Admin, visitor, SentFile.List);
        stage.Admin.Clock!.Advance(TimeSpan.FromMinutes(1));

        var opened = await other.OpenAsync(back.Address.PathAndQuery);
        var sent = await SentFile.PressAsync(other, await other.OpenAsync("/staff/import"), Upload, "file", typed: [("kept", KeptIn(back)!)]);

        Assert.DoesNotContain(SentFile.ListName, opened.Html, StringComparison.Ordinal);
        Assert.Contains("Chọn một tệp CSV", sent.Text, StringComparison.Ordinal);
        var stored = await stage.Admin.InDatabaseAsync(db => db.ParkedForms.SingleAsync());
        Assert.DoesNotContain(KeptIn(back)!, stored.Digest, StringComparison.Ordinal);
        Assert.False(stored.SealedFields.Contains(SentFile.ListName, StringComparison.Ordinal) || stored.SealedFields.Contains("source", StringComparison.Ordinal));
    }

    /// <summary>The form is sent with this file when the sign-in is over, and the person signs in again.</summary>
    internal static async Task<TestPage> ComeBackAsync(TestAdmin admin, AdminVisitor visitor, byte[] file, params (string Name, string Value)[] typed)
    {
        var form = await visitor.OpenAsync("/staff/import");
        admin.Clock!.Advance(TimeSpan.FromMinutes(45));
        return await visitor.PassAsync(await SentFile.PressAsync(visitor, form, Upload, "file", file, typed: typed));
    }

    internal static Task<int> CountAsync(TestAdmin admin) => admin.InDatabaseAsync(db => db.ParkedForms.CountAsync());

    internal static async Task<int> RemoveExpiredAsync(TestAdmin admin)
    {
        var before = await CountAsync(admin);
        await admin.WithAsync(async (ExpiredRows rows) => await rows.RemoveAsync(CancellationToken.None));
        return before - await CountAsync(admin);
    }

    private static string? KeptIn(TestPage page) => page.Document.QuerySelector("input[name=kept]")?.GetAttribute("value");
}
