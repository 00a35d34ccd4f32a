using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Identity.Benchmarks.Load;

/// <summary>One run, one line of JSON: for any OpenID provider, ours or a peer.</summary>
internal static class LoadCommand
{
    private static readonly Option<string> Mode = new("--mode") { Description = string.Join(", ", Scenarios.Names), DefaultValueFactory = _ => "cc" };
    private static readonly Option<Uri[]> Base = new("--base") { Description = "Address of the provider; repeat it for several nodes", Required = true, CustomParser = Addresses };
    private static readonly Option<string> Label = Text("--label", "Copied to the result");
    private static readonly Option<string> IssuerPath = Text("--issuer-path", "Discovery is read from base + this + /.well-known/openid-configuration");
    private static readonly Option<string> Url = Text("--url", "What mode get fetches");
    private static readonly Option<int> Workers = new("--workers") { Description = "Requests under way at a time", DefaultValueFactory = _ => 16 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Measured time", DefaultValueFactory = _ => 8 };
    private static readonly Option<double> WarmUp = new("--warmup") { Description = "Seconds before it", DefaultValueFactory = _ => 2 };
    private static readonly Option<string> ClientId = Text("--client-id", "Client of cc and introspection");
    private static readonly Option<string> ClientSecret = Text("--client-secret", "Its secret");
    private static readonly Option<string> Auth = new("--auth") { Description = "How secrets are sent: basic or post", DefaultValueFactory = _ => "post" };
    private static readonly Option<string> Scope = Text("--scope", "Scope of cc");
    private static readonly Option<string> CodeClientId = Text("--code-client-id", "Client of sso, refresh, userinfo, login");
    private static readonly Option<string> CodeClientSecret = Text("--code-client-secret", "Its secret");
    private static readonly Option<string> CodeScope = Text("--code-scope", "Its scope", "openid");
    private static readonly Option<string> RedirectUri = Text("--redirect-uri", "Its callback; never called", "http://127.0.0.1/cb");
    private static readonly Option<string> AuthorizeExtra = Text("--authorize-extra", "Appended to the authorization request");
    private static readonly Option<string> User = Text("--user", "Name to sign in with; {n} is the worker's number", "alice");
    private static readonly Option<string> Password = Text("--password", "Password; {n} likewise", "alice");
    private static readonly Option<string> UserField = Text("--user-field", "Name of the page's input", "username");
    private static readonly Option<string> PasswordField = Text("--password-field", "Name of the page's input", "password");
    private static readonly Option<string> FormExtra = Text("--form-extra", "Further fields sent with every form: a=b;c=d");
    private static readonly Option<string> JsonUrl = Text("--login-json-url", "Sign in by a JSON POST to this path first");
    private static readonly Option<string> JsonBody = Text("--login-json-body", "Its body; {user} and {password} are replaced");
    private static readonly Option<string> Cookie = Text("--cookie", "A session cookie to use instead of signing in");
    private static readonly Option<int> Sessions = new("--sessions") { Description = "Sign in so often and share; 0: every worker its own" };
    private static readonly Option<int> SeededSessions = new("--seeded-sessions") { Description = "Take one of so many sessions of the seed for every sso" };
    private static readonly Option<int> Tokens = new("--tokens") { Description = "Distinct tokens of introspect-first", DefaultValueFactory = _ => 12_000 };
    private static readonly Option<bool> IntrospectCodeToken = new("--introspect-code-token") { Description = "Introspect a token of the code flow" };
    private static readonly Option<bool> NoUserInfo = new("--no-userinfo") { Description = "Leave userinfo out of sso" };
    private static readonly Option<bool> BehindTls = new("--behind-tls") { Description = "Send X-Forwarded-Proto: https, for a server with an https issuer" };
    private static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Leave this machine" };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show every page of a browser" };
    private static readonly Option<string> Pid = Text("--pid", "Server processes whose trees are measured: 1,2");
    private static readonly Option<string> DbPid = Text("--db-pid", "The same for its database");

    public static Command Make()
    {
        var command = new Command("load", "One run against any OpenID provider; one line of JSON")
        {
            Mode, Base, Label, IssuerPath, Url, Workers, Seconds, WarmUp, ClientId, ClientSecret, Auth, Scope, CodeClientId, CodeClientSecret, CodeScope, RedirectUri,
            AuthorizeExtra, User, Password, UserField, PasswordField, FormExtra, JsonUrl, JsonBody, Cookie, Sessions, SeededSessions, Tokens, IntrospectCodeToken,
            NoUserInfo, BehindTls, AllowRemote, Verbose, Pid, DbPid,
        };
        Auth.AcceptOnlyFromAmong("post", "basic");
        command.SetAction(async (parsed, ct) =>
        {
            var result = await LoadRun.MakeAsync(Read(parsed), ct);
            Console.WriteLine(result);
            return result.IsClean ? 0 : 1;
        });
        return command;
    }

    private static LoadOptions Read(ParseResult parsed) => new()
    {
        Mode = parsed.GetValue(Mode)!,
        Bases = parsed.GetRequiredValue(Base),
        Label = parsed.GetValue(Label)!,
        IssuerPath = parsed.GetValue(IssuerPath)!,
        Url = parsed.GetValue(Url)!,
        Workers = parsed.GetValue(Workers),
        Time = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        Machine = new(parsed.GetValue(ClientId)!, parsed.GetValue(ClientSecret)!, parsed.GetValue(Scope)!),
        Web = new(parsed.GetValue(CodeClientId)!, parsed.GetValue(CodeClientSecret)!, parsed.GetValue(CodeScope)!),
        SecretInHeader = parsed.GetValue(Auth) == "basic",
        RedirectUri = parsed.GetValue(RedirectUri)!,
        AuthorizeExtra = parsed.GetValue(AuthorizeExtra)!,
        Credentials = ReadCredentials(parsed),
        Cookie = parsed.GetValue(Cookie)!,
        Sessions = parsed.GetValue(Sessions),
        SeededSessions = parsed.GetValue(SeededSessions),
        Tokens = parsed.GetValue(Tokens),
        IntrospectCodeToken = parsed.GetValue(IntrospectCodeToken),
        LeaveOutUserInfo = parsed.GetValue(NoUserInfo),
        BehindTls = parsed.GetValue(BehindTls),
        AllowRemote = parsed.GetValue(AllowRemote),
        Verbose = parsed.GetValue(Verbose),
        Processes = Numbers(parsed.GetValue(Pid)!),
        DatabaseProcesses = Numbers(parsed.GetValue(DbPid)!),
    };

    private static LoadCredentials ReadCredentials(ParseResult parsed) => new()
    {
        User = parsed.GetValue(User)!,
        Password = parsed.GetValue(Password)!,
        UserField = parsed.GetValue(UserField)!,
        PasswordField = parsed.GetValue(PasswordField)!,
        JsonUrl = parsed.GetValue(JsonUrl)!,
        JsonBody = parsed.GetValue(JsonBody)!,
        FormExtra = [.. parsed.GetValue(FormExtra)!.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[^1]))],
    };

    private static Uri[] Addresses(ArgumentResult given)
    {
        foreach (var token in given.Tokens.Where(t => !Uri.TryCreate(t.Value, UriKind.Absolute, out _))) given.AddError($"'{token.Value}' is not an address.");
        return [.. given.Tokens.Select(t => Uri.TryCreate(t.Value, UriKind.Absolute, out var address) ? address : null).OfType<Uri>()];
    }

    private static int[] Numbers(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    private static Option<string> Text(string name, string description, string value = "") => new(name) { Description = description, DefaultValueFactory = _ => value };
}
