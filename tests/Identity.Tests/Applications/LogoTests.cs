using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Hosting.Startup;
using Identity.Tests.Admin;
using Identity.Tests.Configuration;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Applications;

/// <summary>A picture beside the name: what came from outside is drawn anew, and what could be anything else is refused (M7).</summary>
public sealed class LogoTests
{
    public static TheoryData<Engine> Every => Engines.All;

    private static readonly Dictionary<string, (Func<byte[]> File, string Says)> Refused = new()
    {
        ["an SVG with a script"] = (() => Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "không phải ảnh"),
        ["a page"] = (() => "<!doctype html><script>alert(1)</script>"u8.ToArray(), "không phải ảnh"),
        ["a GIF"] = (() => Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), "không phải ảnh"),
        ["a sound in the wrapping of WebP"] = (() => "RIFF\u0010\0\0\0WAVEfmt ........"u8.ToArray(), "không phải ảnh"),
        ["nothing"] = (() => [], "Chưa chọn ảnh"),
        ["300 KB"] = (() => [.. PngForge.Good(), .. new byte[300 * 1_024]], "lớn hơn 256 KB"),
        ["a photograph of 3 MB"] = (() => [.. PngForge.Good(), .. new byte[3 * 1_024 * 1_024]], "lớn hơn 256 KB"),
        ["a bomb in its header"] = (() => PngForge.Whole(PngForge.Header(30_000, 30_000), PngForge.Pixels(120_001), PngForge.End()), "2048 điểm ảnh"),
        ["a pixel too high"] = (() => PngForge.Whole(PngForge.Header(1, 2_049), PngForge.Pixels(2_049 * 5), PngForge.End()), "2048 điểm ảnh"),
        ["half a PNG"] = (() => Pictures.Png(200, 100) is var whole ? whole[..(whole.Length / 2)] : [], "bị hỏng"),
        ["half a JPEG"] = (() => Pictures.Jpeg(200, 100) is var whole ? whole[..(whole.Length / 2)] : [], "bị hỏng"),
        ["the beginning of a PNG"] = (() => PngForge.Signature, "bị hỏng"),
        ["the beginning of a JPEG"] = (() => [0xFF, 0xD8, 0xFF, 0xE0], "bị hỏng"),
        ["the beginning of a WebP"] = (() => "RIFF\u0010\0\0\0WEBPVP8 ........"u8.ToArray(), "bị hỏng"),
        ["a thousand passes over one picture"] = (() => Pictures.WithScans(1_000), "bị hỏng"),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory, MemberData(nameof(Every))]
    public async Task A_logo_is_a_version_of_the_document_and_every_node_serves_it_out_of_memory(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        await using var second = await office.Admin.Provider.AddNodeAsync();
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await UploadAsync(owner, id, Pictures.Png(400, 200));

        var stored = await office.SandboxAsync(id);
        var logo = stored.Client.Logo!;
        Assert.Contains("Đã lưu", page.Text, StringComparison.Ordinal);
        Assert.Equal((2, 96, 48), (stored.Version, logo.Width, logo.Height));
        var version = await office.Admin.InDatabaseAsync(db => db.ConfigurationVersions.SingleAsync(v => v.Kind == ConfigurationStore.ClientKind && v.Name == stored.Client.ClientId && v.Version == 2));
        Assert.Equal(($"admin:{owner.PersonId}", "application.logo"), (version.ChangedBy, version.Reason));
        Assert.Equal(1, await office.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "client.changed" && a.Actor == $"admin:{owner.PersonId}" && a.Detail == $"{stored.Client.ClientId} version 2")));
        foreach (var node in (TestProvider[])[office.Admin.Provider, second])
        {
            await node.Services.GetRequiredService<NodeSnapshot>().RefreshAsync(CancellationToken.None);
            var (status, served, headers) = await GetAsync(node, $"/logo/{logo.Name}.png");
            Assert.Equal((HttpStatusCode.OK, Convert.ToHexString(logo.AsPng().Span)), (status, Convert.ToHexString(served)));
            Assert.Equal(("image/png", "nosniff", "default-src 'none'; sandbox", "public, max-age=31536000, immutable"),
                (headers["Content-Type"], headers["X-Content-Type-Options"], headers["Content-Security-Policy"], headers["Cache-Control"]));
            Assert.False(headers.ContainsKey("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_page_shows_it_and_takes_it_away_again()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        Assert.Contains("Chưa có logo", (await owner.OpenAsync($"/apps/{id}/look")).Text, StringComparison.Ordinal);

        var page = await UploadAsync(owner, id, Pictures.Webp(64, 64));
        var shown = page.Document.QuerySelectorAll("img.logo");
        var picture = await owner.OpenAsync($"/apps/{id}/look?handler=Logo");
        var gone = await OwnersOffice.SaveAsync(owner, page, $"/apps/{id}/look?handler=NoLogo");

        Assert.NotEmpty(shown);
        Assert.All(shown, img => Assert.Equal(($"/apps/{id}/look?handler=Logo", "48", "48"), (img.GetAttribute("src"), img.GetAttribute("width"), img.GetAttribute("height"))));
        Assert.Equal(("image/png", "no-store", "default-src 'none'; sandbox"), (picture.Headers["Content-Type"], picture.Headers["Cache-Control"], picture.Headers["Content-Security-Policy"]));
        Assert.Contains("Chưa có logo", gone.Text, StringComparison.Ordinal);
        Assert.Equal((3, null), ((await office.SandboxAsync(id)).Version, (await office.SandboxAsync(id)).Client.Logo));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.OpenAsync($"/apps/{id}/look?handler=Logo")).Status);
    }

    [Theory, MemberData(nameof(RefusedNames))]
    public async Task M7_What_is_no_picture_of_three_kinds_is_refused_and_the_page_says_what_to_do(string file)
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await UploadAsync(owner, id, Refused[file].File());

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(Refused[file].Says, page.Text, StringComparison.Ordinal);
        Assert.Equal("Hồ sơ đất đai", page.Document.QuerySelector("#name-vi")!.GetAttribute("value"));
        Assert.Equal((1, null), ((await office.SandboxAsync(id)).Version, (await office.SandboxAsync(id)).Client.Logo));
    }

    [Fact]
    public async Task M7_Nothing_of_the_file_survives_but_what_it_looks_like()
    {
        const string Hidden = "<script>alert('GPS 10.7 106.6')</script>";
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        foreach (var (file, width, height) in ((byte[], int, int)[])
        [
            ([.. Pictures.Png(192, 96), .. Encoding.UTF8.GetBytes(Hidden)], 96, 48),
            (Pictures.WithText(Pictures.Png(192, 96), Hidden), 96, 48),
            // Held upright: the note says so, and the note is gone while the picture stands.
            (Pictures.WithExif(Pictures.Jpeg(192, 96), Hidden, orientation: 6), 48, 96),
            ([.. Pictures.Webp(192, 96), .. Encoding.UTF8.GetBytes(Hidden)], 96, 48),
            (Pictures.Noise(180, 180), 0, 0),
            (Pictures.Png(2_048, 1), 96, 1),
            (Pictures.Png(20, 30), 20, 30),
        ])
        {
            await UploadAsync(owner, id, file);
            var logo = (await office.SandboxAsync(id)).Client.Logo!;
            var png = logo.AsPng().ToArray();
            if (width > 0) Assert.Equal((width, height), (logo.Width, logo.Height));
            Assert.True(png.Length <= 12 * 1_024);
            Assert.DoesNotContain("alert", Encoding.Latin1.GetString(png), StringComparison.Ordinal);
            Assert.Empty(PngForge.TypesOf(png).Except(["IHDR", "sRGB", "IDAT", "IEND"]));
            Assert.Equal(logo.Name, LogoOf(await GetAdminAsync(office, owner, id)).Name);
        }
    }

    [Fact]
    public async Task A_turned_photograph_stands_upright_and_a_hole_stays_a_hole()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        await UploadAsync(owner, id, Pictures.WithExif(Pictures.Jpeg(96, 48), "x", orientation: 6));
        // Left half red, right half blue; turned to the right, red is on top.
        var turned = await GetAdminAsync(office, owner, id);
        Assert.True(Pictures.At(turned, 24, 10) is { Red: > 200, Blue: < 60 } && Pictures.At(turned, 24, 86) is { Blue: > 200, Red: < 60 });

        await UploadAsync(owner, id, Pictures.WithHole(96, 96));
        var holed = await GetAdminAsync(office, owner, id);
        Assert.Equal((0, 255), (Pictures.At(holed, 48, 48).Alpha, Pictures.At(holed, 2, 2).Alpha));
    }

    [Theory, MemberData(nameof(Every))]
    public async Task Two_editors_never_overwrite_each_others_logo(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var mine = await owner.OpenAsync($"/apps/{id}/look");
        await OwnersOffice.SaveAsync(owner, mine, $"/apps/{id}/look", ("Input.NameVi", "Hồ sơ nhà đất"));

        var page = await UploadAsync(owner, id, Pictures.Png(96, 96), version: 1);

        Assert.Contains("Người khác đã thay đổi", page.Text, StringComparison.Ordinal);
        Assert.Equal((2, null), ((await office.SandboxAsync(id)).Version, (await office.SandboxAsync(id)).Client.Logo));
    }

    [Fact]
    public async Task Without_the_forms_own_token_nothing_is_taken()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);

        var page = await UploadAsync(owner, id, Pictures.Png(96, 96), token: "forged");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Null((await office.SandboxAsync(id)).Client.Logo);
    }

    [Fact]
    public async Task M7_An_import_cannot_smuggle_in_another_kind()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await using var scope = provider.Services.CreateAsyncScope();
        var file = ClientDocument.Of("rp", client => client["logo"] = Convert.ToBase64String("<svg onload='alert(1)'/>"u8));

        var import = await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().ImportAsync(Encoding.UTF8.GetBytes(file), "test", null, CancellationToken.None);

        Assert.Equal("clients[0].logo: must be a PNG picture; other kinds are not shown", Assert.Single(import.Errors).ToString());
    }

    [Fact]
    public async Task People_see_it_beside_the_name_and_the_page_says_everything_without_it()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ClientDocument.Of("rp-release", client => client["logo"] = Convert.ToBase64String(PngForge.Good())));
        using var visit = new ReleaseVisit(provider, "rp-release", await Someone.NewAsync(provider));

        var signIn = await visit.Rp.AuthorizeAsync(visit.Browser, [("scope", "openid profile")]);
        var release = await Someone.SignInAsync(visit.Browser, signIn, visit.User);
        var launcher = await visit.Browser.GetAsync("/launcher");

        Assert.True(ReleaseVisit.IsRelease(release));
        foreach (var page in (TestPage[])[signIn, release, launcher])
        {
            var logo = Assert.Single(page.Document.QuerySelectorAll("img"));
            Assert.Equal(("", "8", "4", "lazy"), (logo.GetAttribute("alt"), logo.GetAttribute("width"), logo.GetAttribute("height"), logo.GetAttribute("loading")));
            Assert.Contains("img-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(provider, logo.GetAttribute("src")!)).Status);
        }
    }

    [Theory, InlineData("00000000000000000000000000000000"), InlineData("..%2Ffavicon"), InlineData("%00"), InlineData("a.b")]
    public async Task What_nobody_shows_is_not_there_and_no_browser_remembers_that(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var (status, _, headers) = await GetAsync(provider, $"/logo/{name}.png");
        Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{status}");
        if (status == HttpStatusCode.NotFound) Assert.Equal("no-store", headers["Cache-Control"]);
    }

    /// <summary>As the page's form sends it.</summary>
    internal static async Task<TestPage> UploadAsync(AdminVisitor visitor, Guid id, byte[] file, int? version = null, string? token = null)
    {
        var page = await visitor.OpenAsync($"/apps/{id}/look");
        var form = page.Forms.Single(f => f.GetAttribute("action") == $"/apps/{id}/look?handler=Logo");
        var made = version ?? int.Parse(form.QuerySelector("input[name=Version]")!.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture);
        using var content = Form(token ?? form.QuerySelector("input[name=form]")!.GetAttribute("value")!, made, file);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Browser.Cookies });
        using var reply = await http.PostAsync(new Uri(page.Address, $"/apps/{id}/look?handler=Logo"), content);
        return await TestPage.ReadAsync(reply.RequestMessage!.RequestUri!, reply);
    }

    /// <summary>Whatever it is, it is called a PNG.</summary>
    private static MultipartFormDataContent Form(string token, int version, byte[] file)
    {
        var picture = new ByteArrayContent(file);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new MultipartFormDataContent { { new StringContent(token), "form" }, { new StringContent($"{version}"), "Version" }, { picture, "logo", "logo.png" } };
    }

    private static async Task<(HttpStatusCode Status, byte[] Body, Dictionary<string, string> Headers)> GetAsync(TestProvider node, string path)
    {
        using var reply = await node.Http.GetAsync(path);
        return (reply.StatusCode, await reply.Content.ReadAsByteArrayAsync(), reply.Headers.Concat(reply.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    private static async Task<byte[]> GetAdminAsync(OwnersOffice office, AdminVisitor visitor, Guid id)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Browser.Cookies });
        return await http.GetByteArrayAsync(new Uri($"{office.Admin.Address}/apps/{id}/look?handler=Logo"));
    }

    private static ClientLogo LogoOf(byte[] png)
    {
        Assert.Null(ClientLogo.ProblemOf(Convert.ToBase64String(png), out var logo));
        return logo!;
    }
}
