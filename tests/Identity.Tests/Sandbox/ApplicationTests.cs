using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Sandbox;

public sealed class ApplicationTests
{
    [Fact]
    public async Task A_visitor_signs_in_and_out()
    {
        await using var visit = await ApplicationVisit.StartAsync();
        Assert.Equal(HttpStatusCode.SeeOther, await visit.SignInAsync());
        var state = await visit.StateAsync();
        Assert.Equal("eid-full", state.GetProperty("sub").GetString());
        Assert.Equal("LoA1", state.GetProperty("claims").GetProperty("acr").GetString());
        var home = await visit.Browser.GetByteArrayAsync(visit.Portal);
        Assert.InRange(home.Length, 1, 14 * 1024);

        using var signOut = await visit.Browser.PostAsync($"{visit.Portal}/signout", null);
        using var ended = await visit.Browser.GetAsync(signOut.Headers.Location);
        using var signedOut = await visit.Browser.GetAsync(ended.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);
        Assert.False((await visit.StateAsync()).GetProperty("signedIn").GetBoolean());
        using var again = await visit.Browser.GetAsync(ended.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Theory, InlineData("wrong_signature"), InlineData("wrong_issuer"), InlineData("wrong_audience"), InlineData("wrong_nonce")]
    [InlineData("stale_iat"), InlineData("replayed_code"), InlineData("down"), InlineData("malformed"), InlineData("user_cancels")]
    public async Task A_bad_answer_shows_a_page_and_signs_nobody_in(string failure)
    {
        await using var visit = await ApplicationVisit.StartAsync();
        Assert.InRange((int)await visit.SignInAsync(failure), 400, 502);
        Assert.False((await visit.StateAsync()).GetProperty("signedIn").GetBoolean());
    }

    [Theory, InlineData("state", "another-state"), InlineData("iss", "https://evil.example"), InlineData("code", "another-code")]
    public async Task A_changed_answer_is_refused(string name, string value)
    {
        await using var visit = await ApplicationVisit.StartAsync();
        using var reply = await visit.Browser.GetAsync(ApplicationVisit.With(await visit.AnswerAsync(), name, value));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task An_answer_carried_by_another_browser_is_refused()
    {
        await using var visit = await ApplicationVisit.StartAsync();
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var reply = await stranger.GetAsync(await visit.AnswerAsync());
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task An_error_answer_is_shown_with_its_description_and_cannot_carry_markup()
    {
        await using var visit = await ApplicationVisit.StartAsync();
        var answer = ApplicationVisit.With(await visit.AnswerAsync(), "error_description", "<script>x</script>");
        using var reply = await visit.Browser.GetAsync(ApplicationVisit.With(new(answer), "error", "login_required"));
        var page = await reply.Content.ReadAsStringAsync();
        Assert.Contains("login_required", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_needs_two_steps_asks_for_them_by_an_essential_claim_and_comes_back_to_itself()
    {
        await using var visit = await ApplicationVisit.StartAsync(isDocuments: true);
        using var stranger = await visit.Browser.GetAsync($"{visit.Portal}/protected");
        Assert.Equal("/", stranger.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, await visit.SignInAsync());
        // The acr of the sandbox's e-ID is none of ours: the document stays shut, and says what it would take.
        var page = await visit.Browser.GetStringAsync($"{visit.Portal}/protected");
        Assert.DoesNotContain("Công văn mẫu", page, StringComparison.Ordinal);
        var link = WebUtility.HtmlDecode(page.Split("class=\"button\" href=\"")[1].Split('"')[0]);
        using var asked = await visit.Browser.GetAsync(visit.Portal + link);
        Assert.Equal("""{"id_token":{"acr":{"essential":true,"value":"urn:vn:eid:auth:2"}}}""", QueryHelpers.ParseQuery(asked.Headers.Location!.Query)["claims"]);
        using var back = await visit.Browser.GetAsync(await visit.AnswerAsync(start: $"{link}&prompt=login"));
        Assert.Equal("/protected", back.Headers.Location!.OriginalString);
    }

    [Theory, InlineData("https://evil.example"), InlineData("//evil.example"), InlineData("/signout")]
    public async Task A_sign_in_comes_back_to_pages_of_the_application_only(string address)
    {
        await using var visit = await ApplicationVisit.StartAsync(isDocuments: true);
        using var back = await visit.Browser.GetAsync(await visit.AnswerAsync(start: $"/signin?prompt=login&return={Uri.EscapeDataString(address)}"));
        Assert.Equal("/", back.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_absent_server_is_a_page_and_not_a_crash()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var reply = await sandbox.Browser.GetAsync($"{sandbox.Options.DocumentsUrl}/signin");
        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        Assert.Contains("server_unreachable", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
