using System.Buffers.Text;
using System.Text.Json.Nodes;
using Identity.Domain.Factors;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

/// <summary>Passkeys against the real server, with a device in software: a ceremony that works, and then one thing wrong.</summary>
public sealed class PasskeyTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_device_that_was_added_signs_in_without_a_name(Engine engine)
    {
        await using var site = await PasskeySite.StartAsync(engine);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        var list = await visitor.AddDeviceAsync(device);
        Assert.Contains("Máy thử", list.Text, StringComparison.Ordinal);
        visitor.Forget();
        device.Counter++;

        var token = await visitor.IdTokenAsync(await visitor.UseDeviceAsync(await site.ChooserAsync(visitor), device.Get));

        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
        Assert.Equal(["hwk", "pin"], token.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        var row = await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.SingleAsync());
        Assert.Equal((2, true), (row.SignCount, row.LastUsedAt is not null));
    }

    public static TheoryData<string> Lies { get; } = ["origin", "subdomain", "port", "rp", "cross", "type", "presence", "verification", "handle", "raw-id", "forged", "backup", "challenge"];

    [Theory, MemberData(nameof(Lies))]
    public async Task L15_An_answer_with_one_thing_wrong_signs_nobody_in(string lie)
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        await visitor.AddDeviceAsync(device);
        visitor.Forget();
        device.Counter++;
        Tell(device, lie);

        var page = await visitor.UseDeviceAsync(await site.ChooserAsync(visitor), device.Get);

        Assert.Null(page.LeftFor);
        Assert.Contains("Chưa kiểm chứng được câu trả lời của máy", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Browser.Cookies.GetAllCookies(), c => c.Name.EndsWith("session", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Provider.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("origin"), InlineData("rp"), InlineData("cross"), InlineData("type"), InlineData("presence"), InlineData("verification"), InlineData("challenge"), InlineData("algorithm")]
    public async Task L15_A_new_device_with_one_thing_wrong_is_not_added(string lie)
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        Tell(device, lie);
        var page = await visitor.AddDeviceAsync(device);
        Assert.Contains("fault=Refused", page.Address.Query, StringComparison.Ordinal);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L15_An_answer_counts_once_whatever_its_counter_says(Engine engine)
    {
        await using var site = await PasskeySite.StartAsync(engine);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        // A synchronised passkey: its counter stays at 0 and betrays no replay.
        (device.Counter, device.BackupEligible, device.BackedUp) = (0, true, true);
        await visitor.AddDeviceAsync(device);
        visitor.Forget();
        var page = await site.ChooserAsync(visitor);
        var answer = device.Get(await visitor.OptionsAsync(page));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.SendAsync(page, answer)));

        Assert.Single(answers, a => a.LeftFor is not null);
        // A moment later, in another browser that has all cookies, and after a new challenge: the same answer is nothing.
        using var thief = new FactorVisitor(site.Provider, visitor.Name);
        var stolen = await site.ChooserAsync(thief);
        await thief.OptionsAsync(stolen);
        Assert.Null((await thief.SendAsync(stolen, answer)).LeftFor);
    }

    [Fact]
    public async Task L15_A_challenge_counts_only_where_it_was_asked_for()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        await visitor.AddDeviceAsync(device);
        using var victim = new FactorVisitor(site.Provider, visitor.Name);
        visitor.Forget();
        device.Counter++;
        var (mine, theirs) = (await site.ChooserAsync(visitor), await site.ChooserAsync(victim));
        // The attacker's challenge, answered by the victim's device, sent in the victim's browser or in another tab of one's own.
        var answer = device.Get(await visitor.OptionsAsync(mine));
        await victim.OptionsAsync(theirs);
        Assert.Null((await victim.SendAsync(theirs, answer)).LeftFor);
        Assert.Null((await visitor.SendAsync(await site.ChooserAsync(visitor), answer)).LeftFor);
        Assert.NotNull((await visitor.SendAsync(mine, answer)).LeftFor);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L15_A_copied_key_is_refused_and_the_owner_is_told(Engine engine)
    {
        await using var site = await PasskeySite.StartAsync(engine);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        await visitor.AddDeviceAsync(device);
        foreach (var (counter, accepted) in ((uint, bool)[])[(5, true), (5, false), (4, false), (1, false), (0, false), (6, true)])
        {
            visitor.Forget();
            device.Counter = counter;
            Assert.Equal(accepted, (await visitor.UseDeviceAsync(await site.ChooserAsync(visitor), device.Get)).LeftFor is not null);
        }
        Assert.Equal(4, await site.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "passkey.cloned" && a.PersonId != null)));
        Assert.Contains("có thể đã bị sao chép", (await visitor.OpenAsync("/account/activity")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L15_L16_A_device_of_one_person_is_nothing_for_another_and_nothing_after_it_was_removed()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var an = await FactorVisitor.NewAsync(site.Provider);
        using var binh = await FactorVisitor.NewAsync(site.Provider);
        using var device = an.NewDevice();
        await an.AddDeviceAsync(device);
        // The same credential cannot be another person's as well, nor be written over.
        device.UserHandle = null;
        Assert.Contains("fault=", (await binh.AddDeviceAsync(device)).Address.Query, StringComparison.Ordinal);
        Assert.Equal(1, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));

        var list = await an.OpenAsync("/account/identities");
        Assert.True(list.Document.QuerySelector("input[name=id]") is not null, $"{list.Address} {list.Text}");
        var id = list.Document.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        var form = list.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        // Somebody else's row is not there for me.
        var foreign = await binh.OpenAsync("/account");
        await binh.Browser.PostAsync("/account/identities",
            [new("form", foreign.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!), new("kind", "Passkey"), new("id", id), new("do", "remove")]);
        Assert.Equal(1, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
        await an.Browser.PostAsync("/account/identities", [new("form", form), new("kind", "Passkey"), new("id", id), new("do", "remove")]);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
        an.Forget();
        device.Counter++;
        Assert.Null((await an.UseDeviceAsync(await site.ChooserAsync(an), device.Get)).LeftFor);
    }

    [Fact]
    public async Task L1_The_question_for_a_sign_in_names_nobody_and_no_key()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        await visitor.AddDeviceAsync(device);
        visitor.Forget();
        var options = JsonNode.Parse(await visitor.OptionsAsync(await site.ChooserAsync(visitor)))!.AsObject();
        Assert.Empty(options["allowCredentials"]?.AsArray() ?? []);
        Assert.Equal(("required", new Uri(site.Provider.Issuer).Host), ((string?)options["userVerification"], (string?)options["rpId"]));
        Assert.True(Base64Url.DecodeFromChars((string)options["challenge"]!).Length >= 16);
    }

    [Fact]
    public async Task L16_A_device_is_added_only_after_a_fresh_sign_in_and_by_our_own_form()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero));
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite, clock);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        var page = await visitor.OpenAsync("/account/identities/passkey");
        var options = await visitor.OptionsAsync(page);
        clock.Advance(TimeSpan.FromMinutes(11));
        // The page is still open, the session is alive, and the sign-in is eleven minutes old.
        var late = await visitor.SendAsync(page, device.Create(options));
        Assert.True(Someone.AsksForPassword(late), late.Text);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
        // Signed in again: back at the page that asked.
        page = await Someone.SignInAsync(visitor.Browser, late, visitor.Name);
        Assert.Equal("/account/identities/passkey", page.Address.AbsolutePath);
        var forged = await visitor.Browser.PostAsync("/account/identities/passkey", [new("credential", device.Create(await visitor.OptionsAsync(page)))]);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, forged.Status);
        Assert.Equal(0, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
    }

    [Fact]
    public async Task L15_Rubbish_instead_of_an_answer_is_refused_without_an_error()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        var page = await site.ChooserAsync(visitor);
        await visitor.OptionsAsync(page);
        foreach (var rubbish in (string[])["{}", "[]", "null", "x", "{\"response\":1}", "{\"response\":{\"clientDataJSON\":\"!!\"}}", "{\"response\":{\"clientDataJSON\":\"e30\"}}", new string('a', 19_999)])
        {
            page = await visitor.SendAsync(page, rubbish);
            Assert.Contains("Chưa kiểm chứng được câu trả lời của máy", page.Text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(site.Provider.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("script", "Trình duyệt này chưa dùng được")]
    [InlineData("NotAllowedError", "Chưa có gì thay đổi")]
    [InlineData("NotSupportedError", "Trình duyệt này chưa dùng được")]
    [InlineData("\u001b[31mEvil\r\nlog line", "Chưa kiểm chứng được")]
    public async Task M8_What_the_browser_says_went_wrong_becomes_one_of_our_sentences(string fault, string text)
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        var page = await site.ChooserAsync(visitor);
        var form = page.Document.QuerySelector("form[data-passkey] input[name=form]")!.GetAttribute("value")!;
        page = await visitor.Browser.PostAsync($"{page.Address.AbsolutePath}/passkey", [new("form", form), new("credential", ""), new("fault", fault)]);
        Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Provider.Log.Lines, l => l.Contains("Evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task L6_A_device_vouches_for_what_its_session_was_proofed_as_and_no_more()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        await visitor.AddDeviceAsync(device);
        visitor.Forget();
        device.Counter++;
        await site.Provider.ImportAsync(ClientDocument.Of("rp", c => (c["connectors"], c["minimum_proofing"]) = (new JsonArray("passkey", "vnconnect"), "02")));
        var page = await visitor.UseDeviceAsync(await site.ChooserAsync(visitor), device.Get);
        Assert.EndsWith("/problem", page.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_way_in_is_not_removed()
    {
        await using var site = await PasskeySite.StartAsync(Engine.Sqlite);
        using var visitor = await FactorVisitor.NewAsync(site.Provider);
        using var device = visitor.NewDevice();
        var list = await visitor.AddDeviceAsync(device);
        // A citizen whose e-ID connector was switched off has no password either.
        await site.Provider.InDatabaseAsync(db => db.Users.Where(u => u.UserName == visitor.Name).ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, (string?)null)));
        var id = list.Document.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        var form = list.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var kept = await visitor.Browser.PostAsync("/account/identities", [new("form", form), new("kind", nameof(OwnMethod.Passkey)), new("id", id), new("do", "remove")]);
        Assert.Contains("Đây là cách đăng nhập cuối cùng của bạn", kept.Text, StringComparison.Ordinal);
        Assert.Equal(1, await site.Provider.InDatabaseAsync(db => db.OwnPasskeys.CountAsync()));
    }

    private static void Tell(SoftAuthenticator device, string lie)
    {
        switch (lie)
        {
            case "origin": device.Origin = "https://evil.example"; break;
            case "subdomain": device.Origin = device.Origin.Replace("localhost", "x.localhost", StringComparison.Ordinal); break;
            case "port": device.Origin = "http://localhost:1"; break;
            case "rp": device.RelyingParty = "evil.example"; break;
            case "cross": device.CrossOrigin = true; break;
            case "type": device.Type = "webauthn.other"; break;
            case "presence": device.UserPresent = false; break;
            case "verification": device.UserVerified = false; break;
            case "handle": device.UserHandle = Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(Guid.NewGuid().ToString())); break;
            case "raw-id": device.RawId = Base64Url.EncodeToString(new byte[32]); break;
            case "forged": device.Forged = true; break;
            case "backup": device.BackedUp = true; break;
            case "challenge": device.Challenge = Base64Url.EncodeToString(new byte[32]); break;
            case "algorithm": device.Algorithm = -65535; break;
            default: throw new ArgumentOutOfRangeException(nameof(lie));
        }
    }
}

/// <summary>A provider whose application also takes passkeys as the way in.</summary>
internal sealed class PasskeySite(TestProvider provider) : IAsyncDisposable
{
    public TestProvider Provider => provider;

    public static async Task<PasskeySite> StartAsync(Engine engine, FixedClock? clock = null)
    {
        var provider = await TestProvider.StartAsync(engine, clock);
        await provider.ImportAsync(ClientDocument.Of("rp", client => client["connectors"] = new JsonArray("local", "passkey")));
        return new(provider);
    }

    public Task<TestPage> ChooserAsync(FactorVisitor visitor) => TestRelyingParty.Of(provider).AuthorizeAsync(visitor.Browser);

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
