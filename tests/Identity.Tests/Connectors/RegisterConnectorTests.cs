using System.Text;
using System.Text.Json;
using Identity.Connectors.Register;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Connectors;

/// <summary>Asking a register that may be slow, broken or hostile. It behaves, until a test changes one of its answers.</summary>
public sealed class RegisterConnectorTests : IAsyncLifetime
{
    private const string Company = """
        { "tax_code": "9900000016", "name": "Công ty TNHH Mẫu", "state": "active",
          "officers": [{ "personal_number": "999168000001", "birth_date": "1968-09-05", "role": "legal_representative", "position": "Giám đốc", "since": "2025-07-01" },
                       { "personal_number": "999090000002", "birth_date": "1990-01-31", "role": "accountant" }],
          "branches": [{ "tax_code": "9900000016-001", "name": "Chi nhánh", "state": "active" }] }
        """;

    private readonly string _url = FreeAddresses.Take(1)[0];
    private readonly List<string> _asked = [];
    private WebApplication _register = null!;
    private RequestDelegate _answer = Send(Company);
    private string? _question;
    private int _tokens;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_url);
        _register = builder.Build();
        _register.MapPost("/token", (HttpRequest request) => request.Headers.Authorization.ToString() == "Basic " + Convert.ToBase64String("machine:s%3Aecret"u8)
            ? Results.Json(new { access_token = $"token-{++_tokens}", token_type = "Bearer", expires_in = 600 })
            : Results.StatusCode(401));
        _register.Map("/{**path}", async (HttpContext http) =>
        {
            lock (_asked) _asked.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.Authorization}");
            _question = await new StreamReader(http.Request.Body).ReadToEndAsync();
            await _answer(http);
        });
        await _register.StartAsync();
    }

    public async Task DisposeAsync() => await _register.DisposeAsync();

    [Fact]
    public async Task An_organisation_is_read_with_whoever_may_act_for_it()
    {
        var found = Assert.IsType<RegisterAnswer<RegisteredOrganisation>.Found>(await Connector().FindAsync("9900000016", default)).Value;
        Assert.Equal(("9900000016", "Công ty TNHH Mẫu", RegisteredState.Active), (found.TaxCode, found.Name, found.State));
        var officer = Assert.Single(found.Officers);
        Assert.Equal(("999168000001", "1968-09-05", RegisteredRole.LegalRepresentative, "Giám đốc"), (officer.PersonalNumber, officer.BirthDate, officer.Role, officer.Position));
        Assert.Equal("9900000016-001", Assert.Single(found.Branches).TaxCode);
        Assert.DoesNotContain("999168000001", $"{found} {officer}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_personal_number_travels_in_the_body_and_never_in_an_address()
    {
        _answer = Send($$"""{ "organisations": [{{Company}}] }""");
        var found = Assert.IsType<RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>.Found>(await Connector().RepresentedByAsync("999168000001", default));
        Assert.Single(found.Value);
        Assert.Equal("999168000001", JsonDocument.Parse(_question!).RootElement.GetProperty("personal_number").GetString());
        Assert.DoesNotContain(_asked, line => line.Contains("999168000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_token_serves_many_questions_and_is_renewed_when_the_register_forgets_it()
    {
        var connector = Connector();
        await connector.FindAsync("9900000016", default);
        await connector.FindAsync("9900000016", default);
        Assert.Equal(1, _tokens);
        _answer = http => http.Request.Headers.Authorization == "Bearer token-1" ? Status(401)(http) : Send(Company)(http);
        Assert.IsType<RegisterAnswer<RegisteredOrganisation>.Found>(await connector.FindAsync("9900000016", default));
        Assert.Equal(2, _tokens);
    }

    [Fact]
    public async Task A_lasting_token_is_sent_as_it_is()
    {
        var connector = new RegisterConnector(new RegisterConnectorSettings { Issuer = new Uri(_url), Authentication = RegisterAuthentication.Bearer, ClientSecret = "paper" }, new HttpClient(RegisterConnector.CreateHandler()), TimeProvider.System);
        await connector.FindAsync("9900000016", default);
        Assert.EndsWith("Bearer paper", Assert.Single(_asked), StringComparison.Ordinal);
    }

    public static TheoryData<string, UpstreamFailure> Faults => new()
    {
        { "not json", UpstreamFailure.Malformed }, { "array", UpstreamFailure.Malformed }, { "another company", UpstreamFailure.Malformed }, { "no name", UpstreamFailure.Malformed },
        { "unknown state", UpstreamFailure.Malformed }, { "officer without number", UpstreamFailure.Malformed }, { "officers no list", UpstreamFailure.Malformed },
        { "too large", UpstreamFailure.Malformed }, { "endless", UpstreamFailure.Malformed }, { "redirect", UpstreamFailure.Malformed }, { "503", UpstreamFailure.Unreachable },
        { "403", UpstreamFailure.Refused }, { "slow", UpstreamFailure.TimedOut }, { "cut off", UpstreamFailure.Unreachable }, { "bad token", UpstreamFailure.Refused },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Whatever_the_register_does_becomes_a_value(string fault, UpstreamFailure expected)
    {
        _answer = fault switch
        {
            "not json" => Send("<html>"),
            "array" => Send("[]"),
            "another company" => Send(Company.Replace("\"9900000016\"", "\"9900000030\"", StringComparison.Ordinal)),
            "no name" => Send(Company.Replace("\"name\": \"Công ty TNHH Mẫu\",", "", StringComparison.Ordinal)),
            "unknown state" => Send(Company.Replace("Công ty TNHH Mẫu\", \"state\": \"active\"", "Công ty TNHH Mẫu\", \"state\": \"asleep\"", StringComparison.Ordinal)),
            "officer without number" => Send(Company.Replace("\"personal_number\": \"999168000001\",", "", StringComparison.Ordinal)),
            "officers no list" => Send("""{ "tax_code": "9900000016", "name": "A", "state": "active", "officers": {} }"""),
            "too large" => Send("{\"a\":\"" + new string('a', 300_000) + "\"}"),
            "endless" => Endless,
            "redirect" => http =>
            {
                http.Response.Redirect("http://169.254.169.254/");
                return Task.CompletedTask;
            },
            "503" => Status(503),
            "403" => Status(403),
            "slow" => async http => await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted),
            "cut off" => http =>
            {
                http.Abort();
                return Task.CompletedTask;
            },
            _ => Send(Company),
        };
        var failed = Assert.IsType<RegisterAnswer<RegisteredOrganisation>.Failed>(await Connector(fault == "bad token" ? "wrong" : "s:ecret").FindAsync("9900000016", default));
        Assert.Equal(expected, failed.Why);
        Assert.DoesNotContain("999168000001", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_register_does_not_have_is_not_a_failure()
    {
        _answer = Status(404);
        Assert.IsType<RegisterAnswer<RegisteredOrganisation>.NotFound>(await Connector().FindAsync("9900000016", default));
    }

    [Theory]
    [InlineData("""{ "issuer": "http://register.example", "client_secret": "x", "authentication": "bearer" }""", "issuer must be")]
    [InlineData("""{ "issuer": "https://register.example", "client_secret": "x" }""", "token_endpoint")]
    [InlineData("""{ "issuer": "https://register.example", "client_secret": "x", "authentication": "bearer", "organisation_path": "/x" }""", "{tax_code}")]
    [InlineData("""{ "issuer": "https://register.example", "authentication": "bearer" }""", "client_secret")]
    [InlineData("""{ "issuer": "https://register.example", "client_secret": "x", "authentication": "bearer", "members": { "colour": "x" } }""", "members must not contain colour")]
    [InlineData("""{ "issuer": "https://register.example", "client_secret": "x", "authentication": "bearer", "jwks_uri": "https://register.example/jwks" }""", "belong together")]
    [InlineData("""{ "issuer": "https://register.example", "client_secret": "x", "authentication": "bearer", "timeout": "00:05:00" }""", "timeout")]
    public void Settings_that_cannot_work_say_why(string json, string problem) =>
        Assert.Contains(RegisterConnectorSettings.FromJson(json).Problems(), p => p.En.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_misspelt_setting_is_refused() =>
        Assert.Throws<JsonException>(() => RegisterConnectorSettings.FromJson("""{ "issuer": "https://register.example", "organization_path": "/" }"""));

    private RegisterConnector Connector(string secret = "s:ecret") => new(new RegisterConnectorSettings
    {
        Issuer = new Uri(_url), TokenEndpoint = new Uri($"{_url}/token"), ClientId = "machine", ClientSecret = secret, Timeout = TimeSpan.FromSeconds(2),
    }, new HttpClient(RegisterConnector.CreateHandler()), TimeProvider.System);

    private static RequestDelegate Send(string body) => http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    };

    private static RequestDelegate Status(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static async Task Endless(HttpContext http)
    {
        var piece = Encoding.ASCII.GetBytes(new string(' ', 10_000));
        while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(piece, http.RequestAborted);
    }
}
