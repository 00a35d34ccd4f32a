using System.Globalization;
using Identity.Domain.Factors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

public sealed class TotpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    // RFC 6238 Appendix B, SHA-1, the last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(20_000_000_000, "353130")]
    public void A_code_is_what_the_RFC_says(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("12345678901234567890"u8.ToArray(), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_foreign_program_computes_the_same_codes()
    {
        for (var i = 0; i < 5; i++)
        {
            var (secret, at) = (Totp.NewSecret(), Noon.AddSeconds(31 * i));
            Assert.Equal(Oathtool.Code(Totp.ToBase32(secret), at), Totp.Code(secret, Totp.StepAt(at)));
        }
    }

    [Theory]
    [InlineData("123 456", "123456")]
    [InlineData(" 1234 56 ", "123456")]
    [InlineData("１２３４５６", "123456")]
    [InlineData("12345", null)]
    [InlineData("12345a", null)]
    [InlineData("١٢٣٤٥٦", null)]
    public void Spaces_and_wide_digits_are_how_people_type(string typed, string? code) => Assert.Equal(code, Totp.Read(typed));

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L4_A_code_is_accepted_once_and_refused_twice(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = await visitor.AddAppAsync();
        visitor.Forget();
        // The code of the set-up is used up as well.
        var page = await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), Oathtool.Code(key, visitor.Now));
        Assert.Contains("Mã chưa đúng", page.Text, StringComparison.Ordinal);
        provider.Clock!.Advance(TimeSpan.FromSeconds(30));
        var code = Oathtool.Code(key, visitor.Now);

        var token = await visitor.IdTokenAsync(await visitor.TypeCodeAsync(page, code));
        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
        Assert.Equal(["pwd", "otp"], token.Claims.Where(c => c.Type == "amr").Select(c => c.Value));

        for (var again = 0; again < 2; again++)
        {
            visitor.Forget();
            page = await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), code);
            Assert.Null(page.LeftFor);
            Assert.Contains("Mã chưa đúng", page.Text, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L4_Only_one_step_before_and_after_now_counts_and_none_before_the_last_one_used(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = await visitor.AddAppAsync();
        provider.Clock!.Advance(TimeSpan.FromMinutes(5));

        foreach (var (step, accepted) in ((int, bool)[])[(-2, false), (2, false), (-1, true), (1, true), (0, false)])
        {
            visitor.Forget();
            var page = await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), Oathtool.Code(key, visitor.Now.AddSeconds(30 * step)));
            Assert.True(accepted == page.LeftFor is not null, $"step {step.ToString(CultureInfo.InvariantCulture)}: {page.Text}");
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L4_Of_twenty_parallel_uses_of_one_code_one_succeeds(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var owner = await FactorVisitor.NewAsync(provider);
        var key = await owner.AddAppAsync();
        provider.Clock!.Advance(TimeSpan.FromMinutes(1));
        var visitors = Enumerable.Range(0, 5).Select(_ => new FactorVisitor(provider, owner.Name)).ToList();
        var pages = await Task.WhenAll(visitors.Select(v => v.SignInForAsync(2)));
        var code = Oathtool.Code(key, owner.Now);

        var answers = await Task.WhenAll(visitors.Zip(pages, (v, p) => v.TypeCodeAsync(p, code)));

        Assert.Single(answers, a => a.LeftFor is not null);
        visitors.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task L4_Another_persons_code_and_a_removed_apps_code_are_refused()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        using var other = await FactorVisitor.NewAsync(provider);
        var (removed, foreign) = (await visitor.AddAppAsync(), await other.AddAppAsync());
        await visitor.MakeCodesAsync();
        var list = await visitor.OpenAsync("/account/identities");
        await visitor.Browser.PostAsync("/account/identities", list.Document.QuerySelectorAll("form:has(button[value=remove]):has(input[name=id]) input")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)).Append(new("do", "remove")));
        provider.Clock!.Advance(TimeSpan.FromSeconds(30));
        var kept = await visitor.AddAppAsync();
        provider.Clock.Advance(TimeSpan.FromSeconds(30));

        foreach (var (key, accepted) in ((string, bool)[])[(foreign, false), (removed, false), (kept, true)])
        {
            visitor.Forget();
            var page = await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), Oathtool.Code(key, visitor.Now));
            Assert.Equal(accepted, page.LeftFor is not null);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L2_Five_wrong_codes_pause_and_the_right_one_is_not_looked_at_then(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = await visitor.AddAppAsync();
        provider.Clock!.Advance(TimeSpan.FromMinutes(1));
        visitor.Forget();
        var page = await visitor.SignInForAsync(2);
        for (var left = 4; left >= 0; left--)
        {
            page = await visitor.TypeCodeAsync(page, "000000");
            Assert.Contains($"Bạn còn {left} lần thử", page.Text, StringComparison.Ordinal);
        }
        // Not from another network or browser either.
        visitor.Forget();
        page = await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), Oathtool.Code(key, visitor.Now));
        Assert.Contains("tạm dừng nhập mã đến", page.Text, StringComparison.Ordinal);
        Assert.Null(page.LeftFor);

        provider.Clock.Advance(TimeSpan.FromMinutes(16));
        visitor.Forget();
        Assert.NotNull((await visitor.TypeCodeAsync(await visitor.SignInForAsync(2), Oathtool.Code(key, visitor.Now))).LeftFor);
    }

    [Fact]
    public async Task L4_A_wrong_first_code_shows_the_same_key_again_and_keeps_nothing()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var page = await visitor.OpenAsync("/account/identities/app");
        var again = await visitor.Browser.SubmitAsync(page, "/app", ("code", "000000"), ("name", "x"));
        Assert.Equal(FactorVisitor.KeyOn(page), FactorVisitor.KeyOn(again));
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));
        // A set-up page of somebody else is nobody's here.
        using var other = await FactorVisitor.NewAsync(provider);
        var theirs = await other.OpenAsync("/account/identities/app");
        var mixed = await visitor.Browser.PostAsync("/account/identities/app",
        [
            new("form", again.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!), new("offer", theirs.Document.QuerySelector("input[name=offer]")!.GetAttribute("value")!),
            new("code", Oathtool.Code(FactorVisitor.KeyOn(theirs), visitor.Now)),
        ]);
        Assert.Equal("/account/identities/app", mixed.Address.AbsolutePath);
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.TotpApps.CountAsync()));
    }

    [Fact]
    public async Task M9_The_secret_and_the_codes_rest_sealed()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = (await visitor.AddAppAsync()).Replace(" ", "", StringComparison.Ordinal);
        var codes = await visitor.MakeCodesAsync();
        var stored = await provider.InDatabaseAsync(async db => (await db.TotpApps.Select(a => a.SealedSecret).ToListAsync()).Concat(await db.RecoveryCodes.Select(c => c.Digest).ToListAsync()).ToList());
        Assert.Equal(11, stored.Count);
        Assert.DoesNotContain(stored, s => s.Contains(key, StringComparison.OrdinalIgnoreCase) || codes.Any(c => s.Contains(c.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.DoesNotContain(provider.Log.Lines, l => l.Contains(key, StringComparison.Ordinal) || codes.Any(c => l.Contains(c, StringComparison.Ordinal)));
    }
}
