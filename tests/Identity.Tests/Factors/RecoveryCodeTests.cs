using System.Text.RegularExpressions;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

public sealed class RecoveryCodeTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L5_A_code_works_once_however_it_is_typed_and_says_so_when_it_was_used(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        var codes = await visitor.MakeCodesAsync();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, c => Assert.Matches(new Regex("^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$"), c));
        visitor.Forget();
#pragma warning disable CA1308 // As a person types it.
        var used = await visitor.TypeBackupAsync(await visitor.SignInForAsync(2), codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
#pragma warning restore CA1308
        var token = await visitor.IdTokenAsync(used);
        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);

        visitor.Forget();
        var page = await visitor.TypeBackupAsync(await visitor.SignInForAsync(2), codes[0]);
        Assert.Contains("Mã dự phòng này đã dùng rồi. Lấy mã tiếp theo trong danh sách của bạn.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Bạn còn 9 mã", page.Text, StringComparison.Ordinal);
        Assert.Null(page.LeftFor);
        Assert.NotNull((await visitor.TypeBackupAsync(page, codes[1])).LeftFor);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L5_Of_parallel_uses_of_one_code_one_succeeds(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine);
        using var owner = await FactorVisitor.NewAsync(provider);
        await owner.AddAppAsync();
        var code = (await owner.MakeCodesAsync())[3];
        var visitors = Enumerable.Range(0, 5).Select(_ => new FactorVisitor(provider, owner.Name)).ToList();
        var pages = new List<TestPage>();
        foreach (var visitor in visitors) pages.Add(await visitor.Browser.GetAsync((await visitor.SignInForAsync(2)).Address.AbsolutePath + "?way=codes"));

        var answers = await Task.WhenAll(visitors.Zip(pages, (v, p) => v.TypeBackupAsync(p, code)));

        Assert.Single(answers, a => a.LeftFor is not null);
        Assert.Equal(1, await provider.InDatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.UsedAt != null)));
        visitors.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task L5_A_new_list_makes_the_old_one_useless_and_another_persons_list_never_works()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(provider);
        using var other = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        var (old, foreign) = (await visitor.MakeCodesAsync(), await other.MakeCodesAsync());
        var current = await visitor.MakeCodesAsync();
        foreach (var (code, accepted) in ((string, bool)[])[(old[0], false), (foreign[0], false), (current[0], true)])
        {
            visitor.Forget();
            Assert.Equal(accepted, (await visitor.TypeBackupAsync(await visitor.SignInForAsync(2), code)).LeftFor is not null);
        }
    }

    [Fact]
    public async Task L5_The_list_is_shown_once_and_only_to_a_fresh_sign_in()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero));
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        var codes = await visitor.MakeCodesAsync();
        var page = await visitor.OpenAsync("/account/identities/codes");
        Assert.DoesNotContain(codes, c => page.Html.Contains(c, StringComparison.Ordinal));
        Assert.Contains("Bạn còn 10 mã chưa dùng", page.Text, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(11));
        var late = await visitor.Browser.SubmitAsync(page, "/codes");
        Assert.Empty(late.Document.QuerySelectorAll("ol.codes"));
        Assert.Equal("/login/", late.Address.AbsolutePath[..7]);
    }
}
