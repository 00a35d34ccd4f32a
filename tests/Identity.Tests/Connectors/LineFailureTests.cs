using Identity.Connectors.Imap;
using Identity.Connectors.Ldap;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using static Identity.Tests.Connectors.MailServers;

namespace Identity.Tests.Connectors;

/// <summary>Servers that hang, leave, lie and lay traps. Each ends in a named value, and nobody else waits for it.</summary>
public sealed class LineFailureTests
{
    private static readonly byte[] ServiceBound = Convert.FromHexString("300c02010161070a010004000400");
    private static readonly byte[] NobodyFound = Convert.FromHexString("300c02010265070a010004000400");

    [Fact]
    public async Task Nobody_at_home_is_unreachable()
    {
        int port;
        await using (var server = ScriptedServer.Plain((_, _, _) => Task.CompletedTask)) port = server.Port;
        Assert.Equal(UpstreamFailure.Unreachable, Why(await AskAsync(Ldap(port, ""), "nva@mau.example", "x")));
        Assert.Equal(UpstreamFailure.Unreachable, Why(await AskAsync(Imap(port, ""), "nva@mau.example", "x")));
    }

    [Fact]
    public async Task A_server_that_takes_the_call_and_says_nothing_is_given_up()
    {
        var taken = new SemaphoreSlim(0);
        async Task SayNothingAsync(CancellationToken ct)
        {
            taken.Release();
            await Task.Delay(Timeout.Infinite, ct);
        }
        await using var beforeTls = ScriptedServer.Plain((_, _, ct) => SayNothingAsync(ct));
        await using var afterTls = ScriptedServer.Tls((_, ct) => SayNothingAsync(ct));
        foreach (var server in (ScriptedServer[])[beforeTls, afterTls])
        {
            var limit = new Hourglass();
            foreach (var connector in (IPasswordConnector[])[Ldap(server.Port, server.Pem, clock: limit), Imap(server.Port, server.Pem, clock: limit)])
            {
                var asked = AskAsync(connector, "nva@mau.example", "x");
                await taken.WaitAsync();
                Assert.False(asked.IsCompleted);
                limit.RunOut();
                Assert.Equal(UpstreamFailure.TimedOut, Why(await asked));
            }
        }
    }

    [Fact]
    public async Task A_hanging_server_holds_its_own_places_and_a_crowd_is_turned_away_at_once()
    {
        await using var tarpit = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var limit = new Hourglass();
        var connector = Ldap(tarpit.Port, tarpit.Pem, s => s with { MaxParallel = 2 }, limit);
        var crowd = Enumerable.Range(0, 30).Select(_ => AskAsync(connector, "nva@mau.example", "x")).ToList();
        // Two are with the server and eight wait, for as long as it takes; nobody's time is over.
        Assert.Equal(20, crowd.Count(asked => asked.IsCompleted));
        Assert.All(crowd.Where(asked => asked.IsCompleted), asked => Assert.StartsWith("too many", ((UpstreamOutcome.Failed)asked.Result).Detail, StringComparison.Ordinal));
        await Eventually.IsTrueAsync(() => tarpit.MostOpen > 0, "the server was called");
        limit.RunOut();
        Assert.All(await Task.WhenAll(crowd), outcome => Assert.Equal(UpstreamFailure.TimedOut, Why(outcome)));
        Assert.InRange(tarpit.MostOpen, 1, 2);
    }

    [Fact]
    public async Task A_server_that_leaves_in_the_middle_of_a_bind_is_unreachable()
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) => await stream.ReadAtLeastAsync(new byte[1], 1, cancellationToken: ct));
        Assert.Equal(UpstreamFailure.Unreachable, Why(await AskAsync(Ldap(server.Port, server.Pem), "nva@mau.example", "x")));
    }

    [Theory]
    [InlineData("485454502f312e31")]                                        // not LDAP at all
    [InlineData("3080")]                                                    // no definite length
    [InlineData("3084ffffffff")]                                            // four gigabytes
    [InlineData("300c02010961070a010004000400")]                            // an answer to question 9
    [InlineData("300c02010165070a010004000400")]                            // a search's end where a bind's answer is due
    [InlineData("300c02010161070a0200ff04000400")]                          // a broken result code
    [InlineData("30050201016100")]                                          // nothing in it
    public async Task F11_an_answer_that_is_not_one_is_malformed(string hex)
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            await stream.WriteAsync(Convert.FromHexString(hex), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        Assert.Equal(UpstreamFailure.Malformed, Why(await AskAsync(Ldap(server.Port, server.Pem), "nva@mau.example", "x")));
    }

    [Theory]
    [InlineData("300c02010361070a010a04000400", UpstreamFailure.Refused)]                 // referral
    [InlineData("300c02010361070a013304000400", UpstreamFailure.Unreachable)]             // busy
    [InlineData("300c02010361070a013504000400", UpstreamFailure.CredentialsRefused)]      // unwilling: locked or expired
    public async Task The_answer_to_a_persons_bind_is_told_apart(string hex, UpstreamFailure expected)
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            foreach (var answer in (byte[][])[ServiceBound, OneEntry(), Convert.FromHexString(hex)])
            {
                await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
                await stream.WriteAsync(answer, ct);
            }
        });
        Assert.Equal(expected, Why(await AskAsync(Ldap(server.Port, server.Pem), "nva@mau.example", "x")));
    }

    [Fact]
    public async Task L1_a_directory_never_sees_the_password_of_a_mailbox_that_it_does_not_have()
    {
        var heard = new MemoryStream();
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            var buffer = new byte[4096];
            foreach (var answer in (byte[][])[ServiceBound, NobodyFound, Convert.FromHexString("300c02010361070a013104000400")])
            {
                heard.Write(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: ct));
                await stream.WriteAsync(answer, ct);
            }
        });
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(Ldap(server.Port, server.Pem), "khong-co@mau.example", "a-telling-password")));
        Assert.DoesNotContain("a-telling-password", System.Text.Encoding.Latin1.GetString(heard.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_stream_of_entries_is_cut_off()
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
            await stream.WriteAsync(ServiceBound, ct);
            await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
            var entry = OneEntry()[..^NobodyFound.Length];
            while (true) await stream.WriteAsync(entry, ct);
        });
        Assert.Equal(UpstreamFailure.Malformed, Why(await AskAsync(Ldap(server.Port, server.Pem), "nva@mau.example", "x")));
    }

    [Theory]
    [InlineData("* PREAUTH welcome\r\n", UpstreamFailure.Malformed)]
    [InlineData("* BYE later\r\n", UpstreamFailure.Unreachable)]
    [InlineData("220 smtp\r\n", UpstreamFailure.Malformed)]
    public async Task A_greeting_that_is_none_ends_it(string greeting, UpstreamFailure expected)
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, greeting, ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        Assert.Equal(expected, Why(await AskAsync(Imap(server.Port, server.Pem), "lan@thu.example", "x")));
    }

    [Fact]
    public async Task What_was_laid_behind_the_answer_to_starttls_is_not_the_servers_word()
    {
        var heard = new List<string>();
        await using var server = ScriptedServer.Plain(async (self, stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, "* OK ready\r\n", ct);
            heard.Add(await ScriptedServer.ReadLineAsync(stream, ct));
            // What a man in the middle adds: the answer to a command that comes after TLS.
            await ScriptedServer.SayAsync(stream, "a1 OK begin\r\n+ go on\r\na2 OK welcome\r\n", ct);
            var tls = await self.SecureAsync(stream, ct);
            heard.Add(await ScriptedServer.ReadLineAsync(tls, ct));
        });
        var outcome = await AskAsync(Imap(server.Port, server.Pem, s => s with { Security = LineSecurity.StartTls }), "lan@thu.example", "x");
        Assert.Equal(UpstreamFailure.Unreachable, Why(outcome));
        Assert.Equal(["a1 STARTTLS"], heard);
    }

    [Fact]
    public async Task Without_starttls_nothing_is_said()
    {
        var heard = new List<string>();
        await using var server = ScriptedServer.Plain(async (_, stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n", ct);
            heard.Add(await ScriptedServer.ReadLineAsync(stream, ct));
            await ScriptedServer.SayAsync(stream, "a1 BAD unknown command\r\n", ct);
            heard.Add(await ScriptedServer.ReadLineAsync(stream, ct));
        });
        Assert.Equal(UpstreamFailure.Refused, Why(await AskAsync(Imap(server.Port, server.Pem, s => s with { Security = LineSecurity.StartTls }), "lan@thu.example", "x")));
        Assert.All(heard, line => Assert.True(line is "a1 STARTTLS" or "", line));
    }

    [Theory]
    [InlineData("a1 NO [UNAVAILABLE] later\r\n", UpstreamFailure.Unreachable)]
    [InlineData("a1 NO [AUTHENTICATIONFAILED] no\r\n", UpstreamFailure.CredentialsRefused)]
    [InlineData("a1 NO\r\n", UpstreamFailure.CredentialsRefused)]
    [InlineData("a1 BAD what\r\n", UpstreamFailure.Refused)]
    [InlineData("* BYE\r\n", UpstreamFailure.Unreachable)]
    public async Task A_mail_servers_no_is_told_apart(string answer, UpstreamFailure expected)
    {
        await using var server = ScriptedServer.Tls(async (stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, "* OK\r\n", ct);
            await ScriptedServer.ReadLineAsync(stream, ct);
            await ScriptedServer.SayAsync(stream, "+ \r\n", ct);
            await ScriptedServer.ReadLineAsync(stream, ct);
            await ScriptedServer.SayAsync(stream, answer, ct);
            await ScriptedServer.ReadLineAsync(stream, ct);
        });
        Assert.Equal(expected, Why(await AskAsync(Imap(server.Port, server.Pem), "lan@thu.example", "x")));
    }

    [Fact]
    public async Task A_line_without_an_end_and_lines_without_an_answer_are_malformed()
    {
        await using var endless = ScriptedServer.Tls(async (stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, "* OK ", ct);
            while (true) await ScriptedServer.SayAsync(stream, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ct);
        });
        Assert.Equal(UpstreamFailure.Malformed, Why(await AskAsync(Imap(endless.Port, endless.Pem), "lan@thu.example", "x")));
        await using var chatty = ScriptedServer.Tls(async (stream, ct) =>
        {
            await ScriptedServer.SayAsync(stream, "* OK\r\n", ct);
            while (true) await ScriptedServer.SayAsync(stream, "* 1 EXISTS\r\n", ct);
        });
        Assert.Equal(UpstreamFailure.Malformed, Why(await AskAsync(Imap(chatty.Port, chatty.Pem), "lan@thu.example", "x")));
    }

    /// <param name="clock">For tests in which the time is up. The others have the longest limit that settings allow: a busy machine is no hanging server.</param>
    private static LdapConnector Ldap(int port, string pem, Func<LdapConnectorSettings, LdapConnectorSettings>? change = null, TimeProvider? clock = null)
    {
        var settings = new LdapConnectorSettings
        {
            Issuer = Issuer, Host = "127.0.0.1", Port = port, CaCertificates = pem.Length == 0 ? [] : [pem], SearchBase = LdapBase, BindDn = "cn=reader", BindPassword = "r",
            Timeout = TimeSpan.FromSeconds(30),
        };
        return new LdapConnector("thu", change?.Invoke(settings) ?? settings, clock ?? TimeProvider.System);
    }

    private static ImapConnector Imap(int port, string pem, Func<ImapConnectorSettings, ImapConnectorSettings>? change = null, TimeProvider? clock = null)
    {
        var settings = new ImapConnectorSettings { Issuer = Issuer, Host = "127.0.0.1", Port = port, CaCertificates = pem.Length == 0 ? [] : [pem], Timeout = TimeSpan.FromSeconds(30) };
        return new ImapConnector("hop-thu", change?.Invoke(settings) ?? settings, directory: null, clock ?? TimeProvider.System);
    }

    /// <summary>An entry without attributes, and the end of the search.</summary>
    private static byte[] OneEntry() => [.. Convert.FromHexString("300d02010264080404636e3d613000"), .. NobodyFound];
}
