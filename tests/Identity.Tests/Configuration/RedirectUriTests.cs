using Identity.Domain.Clients;

namespace Identity.Tests.Configuration;

/// <summary>Rows R1 to R7 of the attack tables: each spelling is refused when registered, and when requested matches nothing.</summary>
public sealed class RedirectUriTests
{
    private static readonly string[] Registered = ["https://rp.example/cb", "https://rp.example/with?tenant=1"];
    private static readonly string[] Loopback = ["http://127.0.0.1/cb", "http://[::1]:7000/cb?app=1"];

    public static TheoryData<string> Traversals =>
        ["https://rp.example/cb/../evil", "https://rp.example/cb/..;/evil", "https://rp.example/cb%2f..%2fevil", "https://rp.example/./cb", "https://rp.example//cb", "https://rp.example/cb/%2e%2e/evil", "https://rp.example/cb%5cevil", "https://rp.example/cb/.."];

    public static TheoryData<string> UserInformation =>
        ["https://rp.example@evil.example/cb", "https://rp.example:80@evil.example", "https://a@b@evil.example", "https://evil.example\\@rp.example/cb", "https://@rp.example/cb"];

    public static TheoryData<string> Patterns =>
        ["https://rp.example*", "https://*.rp.example/cb", "https://rp.example/*", "https://rp.example/(a|b)"];

    public static TheoryData<string> FragmentsAndQueries =>
        ["https://rp.example/cb#", "https://rp.example/cb#part", "", "https://rp.example/cb?code=1", "https://rp.example/cb?c%6Fde=1", "https://rp.example/cb?a=1&State=2", "https://rp.example/cb?a=1&a=2"];

    public static TheoryData<string> Schemes =>
        ["JaVaScRiPt:alert(1)", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://rp.example/1", "http://rp.example/cb", "\u0001javascript:alert(1)", "https:rp.example/cb", "//rp.example/cb", "/cb", "ftp://rp.example/cb", "HTTPS://rp.example/cb"];

    public static TheoryData<string> LoopbackDisguises =>
        ["http://127.1/cb", "http://[::ffff:127.0.0.1]/cb", "http://2130706433/cb", "http://0x7f.0.0.1/cb", "http://0177.0.0.1/cb", "http://127.0.0.1.evil.example/cb", "http://127.0.0.1@evil.example/cb", "http://127.0.0.1:80@evil.example/cb", "http://localhost/cb", "http://localhost.evil.example:1/cb", "http://[0:0:0:0:0:0:0:1]/cb", "http://127.0.0.2/cb", "http://127.0.0.1:/cb", "http://127.0.0.1:0/cb", "http://127.0.0.1:65536/cb", "http://127.0.0.1:+1/cb", "http://127.0.0.1:01/cb", "http://127.0.0.1\\.evil.example/cb"];

    public static TheoryData<string> Spellings =>
        ["https://RP.example/cb", "https://rp.example./cb", "https://rp.example:443/cb", "https://rp.example:0443/cb", "https://rp.example:/cb", "https://rp.example/c\tb", "https://rp.example/cb\n", " https://rp.example/cb", "https://rp.example/cb%00", "https://rp.example/cb%0a", "https://rp.example/cb%zz", "https://rp.example/cb%2", "https://địachỉ.example/cb", "https://rp.example/" + new string('a', 100_000), "https://-rp.example/cb", "https://rp..example/cb", "https:///cb"];

    [Theory, MemberData(nameof(Traversals))]
    public void R1_a_path_that_servers_read_differently_is_refused(string uri) => IsRefused(uri);

    [Theory, MemberData(nameof(UserInformation))]
    public void R2_user_information_and_back_slashes_are_refused(string uri) => IsRefused(uri);

    [Theory, MemberData(nameof(Patterns))]
    public void R3_a_pattern_is_refused(string uri) => IsRefused(uri);

    [Theory, MemberData(nameof(FragmentsAndQueries))]
    public void R4_a_fragment_an_empty_address_or_our_own_response_parameter_is_refused(string uri) => IsRefused(uri);

    [Theory, MemberData(nameof(Schemes))]
    public void R5_only_https_goes_anywhere(string uri)
    {
        IsRefused(uri);
        Assert.NotNull(RedirectUriRules.ProblemOfPage(uri));
    }

    [Theory, MemberData(nameof(LoopbackDisguises))]
    public void R6_what_only_resembles_loopback_is_refused(string uri) => IsRefused(uri);

    [Theory, MemberData(nameof(Spellings))]
    public void R7_another_spelling_of_an_address_is_refused(string uri) => IsRefused(uri);

    [Theory]
    [InlineData("https://rp.example/cb/")]
    [InlineData("https://rp.example/CB")]
    [InlineData("https://rp.example/c%62")]
    [InlineData("https://rp.example/cb?extra=1")]
    [InlineData("https://rp.example/cb?")]
    [InlineData("https://rp.example/with")]
    [InlineData("https://rp.example/with?tenant=2")]
    [InlineData("https://rp.example/with?tenant=1&x=2")]
    [InlineData("https://rp.example.evil.example/cb")]
    [InlineData("https://rp.exampleevil/cb")]
    [InlineData("https://xn--rp-example/cb")]
    [InlineData("http://rp.example/cb")]
    public void R1_R3_R4_R7_only_the_registered_characters_match(string requested)
    {
        Assert.All(Enum.GetValues<ApplicationType>(), type => Assert.False(RedirectUriRules.Matches(Registered, requested, type)));
        Assert.True(RedirectUriRules.Matches(Registered, Registered[0], ApplicationType.Web));
        Assert.True(RedirectUriRules.Matches(Registered, Registered[1], ApplicationType.Web));
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb", true)]
    [InlineData("http://127.0.0.1:1/cb", true)]
    [InlineData("http://127.0.0.1:65535/cb", true)]
    [InlineData("http://[::1]:7000/cb?app=1", true)]
    [InlineData("http://[::1]/cb?app=1", true)]
    [InlineData("http://[::1]:9/cb?app=1", true)]
    [InlineData("http://[::1]:9/cb", false)]
    [InlineData("http://[::1]:9/cb?app=1&x=2", false)]
    [InlineData("http://127.0.0.1:1/cb/", false)]
    [InlineData("http://127.0.0.1:1/cb?x=1", false)]
    [InlineData("http://127.0.0.1:1/cb#x", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://127.0.0.1:1/../cb", false)]
    [InlineData("http://localhost:1/cb", false)]
    [InlineData("https://127.0.0.1:1/cb", false)]
    [InlineData("HTTP://127.0.0.1:1/cb", false)]
    public void R6_a_native_application_may_use_any_port_of_a_loopback_literal(string requested, bool matches)
    {
        Assert.All(Loopback, uri => Assert.Null(RedirectUriRules.ProblemOf(uri, ApplicationType.Native)));
        Assert.Equal(matches, RedirectUriRules.Matches(Loopback, requested, ApplicationType.Native));
        Assert.Equal(Loopback.Contains(requested), RedirectUriRules.Matches(Loopback, requested, ApplicationType.Web));
    }

    [Fact]
    public void R6_localhost_matches_exactly_and_no_other_port_even_for_native_applications()
    {
        string[] registered = ["http://localhost:5082/callback"];
        Assert.Null(RedirectUriRules.ProblemOf(registered[0], ApplicationType.Web));
        Assert.True(RedirectUriRules.Matches(registered, "http://localhost:5082/callback", ApplicationType.Native));
        Assert.False(RedirectUriRules.Matches(registered, "http://localhost:5083/callback", ApplicationType.Native));
    }

    [Theory]
    [InlineData("vn.anbinh.app:/cb", ApplicationType.Native, true)]
    [InlineData("vn.anbinh.app://signin/cb", ApplicationType.Native, true)]
    [InlineData("vn.anbinh.app:/cb", ApplicationType.Web, false)]
    [InlineData("anbinhapp:/cb", ApplicationType.Native, false)]
    [InlineData("vn.anbinh.app:cb", ApplicationType.Native, false)]
    [InlineData("vn.anbinh.app:", ApplicationType.Native, false)]
    public void An_own_scheme_is_a_reversed_domain_name_of_a_native_application(string uri, ApplicationType type, bool accepted) =>
        Assert.Equal(accepted, RedirectUriRules.ProblemOf(uri, type) is null);

    [Theory]
    [InlineData("https://rp.example")]
    [InlineData("https://rp.example/")]
    [InlineData("https://xn--ach-fsa.example:8443/cb")]
    [InlineData("https://10.1.2.3/cb")]
    [InlineData("https://rp.example/c%C3%A1i/~x;v=1")]
    [InlineData("https://rp.example/cb?a=1&b=")]
    public void A_plain_address_is_accepted(string uri) => Assert.Null(RedirectUriRules.ProblemOf(uri, ApplicationType.Web));

    private static void IsRefused(string uri)
    {
        Assert.NotNull(RedirectUriRules.ProblemOf(uri, ApplicationType.Web));
        Assert.NotNull(RedirectUriRules.ProblemOf(uri, ApplicationType.Native));
        Assert.False(RedirectUriRules.Matches(Registered, uri, ApplicationType.Web));
        Assert.False(RedirectUriRules.Matches(Loopback, uri, ApplicationType.Native));
    }
}
