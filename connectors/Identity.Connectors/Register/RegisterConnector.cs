using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Register;

/// <summary>
/// Asks a business register. One instance lives as long as its configuration row's version; it remembers its access token, and nothing
/// about organisations or people.
/// </summary>
public sealed class RegisterConnector : IRegisterConnector
{
    private readonly RegisterConnectorSettings _settings;
    private readonly RegisterHttp _http;
    private readonly RegisterEntry _entries;
    private readonly RegisterEventReader _events;

    /// <param name="http">Made on <see cref="CreateHandler"/>, or on a test's handler.</param>
    /// <exception cref="ArgumentException">The settings have <see cref="RegisterConnectorSettings.Problems"/>.</exception>
    public RegisterConnector(RegisterConnectorSettings settings, HttpClient http, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        (_settings, _http, _entries) = (settings, new RegisterHttp(http, settings, clock), new RegisterEntry(settings));
        _events = new RegisterEventReader(settings, _http, clock);
    }

    /// <summary>Follows no redirect and takes no proxy from the environment: either could carry the token, or a number, to somebody else.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    public async Task<RegisterAnswer<RegisteredOrganisation>> FindAsync(string taxCode, CancellationToken ct)
    {
        var address = Address(_settings.OrganisationPath.Replace("{tax_code}", Uri.EscapeDataString(taxCode), StringComparison.Ordinal));
        var reply = await _http.AskAsync("the question about an organisation", () => new HttpRequestMessage(HttpMethod.Get, address), ct);
        if (reply.Status == 404) return new RegisterAnswer<RegisteredOrganisation>.NotFound();
        if (reply.Json is not { } json) return Failed<RegisteredOrganisation>(reply);
        var (organisation, problem) = _entries.Read(json);
        if (organisation is null) return Malformed<RegisteredOrganisation>(problem!);
        // Another one than asked for would change the rights of people who have nothing to do with it.
        return organisation.TaxCode == taxCode ? new RegisterAnswer<RegisteredOrganisation>.Found(organisation) : Malformed<RegisteredOrganisation>("another organisation than asked for");
    }

    public async Task<RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>> RepresentedByAsync(string personalNumber, CancellationToken ct)
    {
        var question = JsonSerializer.Serialize(new Dictionary<string, string> { [_settings.RepresentativeMember] = personalNumber });
        var reply = await _http.AskAsync("the question about a person", () => new HttpRequestMessage(HttpMethod.Post, Address(_settings.RepresentativePath))
        {
            Content = new StringContent(question, Encoding.UTF8, "application/json"),
        }, ct);
        if (reply.Status == 404) return new RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>.NotFound();
        if (reply.Json is not { } json) return Failed<IReadOnlyList<RegisteredOrganisation>>(reply);
        if (_entries.Organisations(json) is not { } list) return Malformed<IReadOnlyList<RegisteredOrganisation>>("no list of organisations, or too long a one");
        var read = list.Select(_entries.Read).ToList();
        return read.FirstOrDefault(r => r.Problem is not null).Problem is { } problem
            ? Malformed<IReadOnlyList<RegisteredOrganisation>>(problem)
            : new RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>.Found([.. read.Select(r => r.Organisation!)]);
    }

    public Task<RegisterEvent> ReadEventAsync(string token, string audience, CancellationToken ct) => _events.ReadAsync(token, audience, ct);

    /// <summary>One organisation as the register writes it; null when it cannot be understood.</summary>
    public static RegisteredOrganisation? ReadEntry(RegisterConnectorSettings settings, JsonElement json) => new RegisterEntry(settings).Read(json).Organisation;

    private Uri Address(string path) => new(_settings.Issuer.AbsoluteUri.TrimEnd('/') + path);

    private static RegisterAnswer<T>.Failed Malformed<T>(string problem) where T : class => new(UpstreamFailure.Malformed, $"the register's answer: {problem}");

    private static RegisterAnswer<T>.Failed Failed<T>(RegisterReply reply) where T : class =>
        reply.Failure is var (why, detail) ? new(why, detail) : new(UpstreamFailure.Refused, $"the register answered with status {reply.Status}");
}
