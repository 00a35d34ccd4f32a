using System.Net;
using System.Net.Http;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Drafts;

/// <summary>Who is not signed in makes the host read and keep little, and only with the cookie of a visit that was one.</summary>
public sealed class ParkedFileAttackTests
{
    private const string Upload = "/staff/import/upload";

    [Theory, InlineData("no cookie"), InlineData("a forged cookie"), InlineData("the cookie of somebody who was suspended"), InlineData("a page that takes no file"), InlineData("a visit of the day before yesterday")]
    public async Task M19_Nothing_is_read_of_a_file_without_the_ended_visit_of_somebody_who_may_come_back(string attack)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var cookies = visitor.Browser.Cookies;
        stage.Admin.Clock!.Advance(attack.Contains("yesterday", StringComparison.Ordinal) ? TimeSpan.FromDays(2) : TimeSpan.FromMinutes(45));
        if (attack == "no cookie") cookies = new();
        if (attack == "a forged cookie") (cookies = new()).Add(new Uri(stage.Admin.Address), new Cookie("admin", "CfDJ8forged"));
        if (attack.Contains("suspended", StringComparison.Ordinal))
            await stage.Admin.InDatabaseAsync(db => db.People.Where(p => p.Id == visitor.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PersonStatus.Suspended)));

        var (location, read) = await SendAsync(stage.Admin, cookies, attack == "a page that takes no file" ? "/roles/give" : Upload);

        Assert.StartsWith("/signin?return=", location, StringComparison.Ordinal);
        Assert.DoesNotContain("form", location, StringComparison.Ordinal);
        Assert.False(read);
        Assert.Equal(0, await ParkedFileTests.CountAsync(stage.Admin));
    }

    [Fact]
    public async Task M19_The_ended_visit_itself_is_read_and_kept()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        stage.Admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        var (location, read) = await SendAsync(stage.Admin, visitor.Browser.Cookies, Upload);

        Assert.Contains("form", location, StringComparison.Ordinal);
        Assert.True(read);
    }

    [Theory, InlineData(StaffUpload.LargestFile + 1, 1), InlineData(StaffUpload.LargestFile + 200_000, 0)]
    public async Task M19_What_the_page_would_not_take_is_not_kept(int bytes, int forms)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);

        var back = await ParkedFileTests.ComeBackAsync(stage.Admin, visitor, new byte[bytes]);

        Assert.Equal("Nhập danh sách nhân sự", back.Heading);
        Assert.DoesNotContain(SentFile.ListName, back.Html, StringComparison.Ordinal);
        Assert.Equal(forms, await ParkedFileTests.CountAsync(stage.Admin));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M19_A_person_has_room_for_so_much_however_many_are_sent_at_once(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var visitor = await stage.Admin.SignInAsync(AdminRole.Administrator);
        stage.Admin.Clock!.Advance(TimeSpan.FromMinutes(45));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(stage.Admin, visitor.Browser.Cookies, Upload, StaffUpload.LargestFile)));
        var (_, read) = await SendAsync(stage.Admin, visitor.Browser.Cookies, Upload);

        Assert.Equal(ParkedForms.MostRows, await ParkedFileTests.CountAsync(stage.Admin));
        Assert.False(read);
    }

    /// <summary>A careful sender: the file follows only when the host says that it reads it.</summary>
    private static async Task<(string Location, bool Read)> SendAsync(TestAdmin admin, CookieContainer cookies, string path, int bytes = 5_000)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
        using var content = new WatchedContent(SentFile.Form([("source", "hr")], "file", new byte[bytes]));
        using var request = new HttpRequestMessage(HttpMethod.Post, admin.Address + path) { Content = content };
        request.Headers.ExpectContinue = true;
        using var reply = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, reply.StatusCode);
        return (reply.Headers.Location!.OriginalString, content.WasAskedFor);
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _content;

        public WatchedContent(HttpContent content)
        {
            _content = content;
            Headers.ContentType = content.Headers.ContentType;
        }

        public bool WasAskedFor { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasAskedFor = true;
            return _content.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
