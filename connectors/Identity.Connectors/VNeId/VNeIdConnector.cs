using System.Text;
using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;

namespace Identity.Connectors.VNeId;

/// <summary>Makes the upstream's name of a person unreadable, the same for ever. Injected, because a connector holds no key for that.</summary>
public delegate string SubjectDigest(string subject);

/// <summary>
/// Signs people in at an upstream of the VNeID shape. Nothing in its answers names the request, the client or the issuer, so the binding
/// is ours alone: a callback address of its own for each connector (mix-up, RFC 9700 §4.4), a <c>state</c> that works once, in one
/// browser, for minutes, and PKCE wherever the upstream takes it, which alone stops a code that was stolen on its way.
/// </summary>
public sealed class VNeIdConnector : IRedirectConnector
{
    /// <summary>Two unreadable codes are not told apart more finely than this, whichever step failed.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly VNeIdConnectorSettings _settings;
    private readonly SubjectDigest _subjects;
    private readonly TimeProvider _clock;
    private readonly UpstreamHttp _http;
    private readonly VNeIdCipher? _cipher;
    private readonly VNeIdBody _body;
    private readonly IdentityMapping _identities;

    /// <param name="name">The configuration row's name.</param>
    /// <exception cref="ArgumentException">The settings have <see cref="VNeIdConnectorSettings.Problems"/>.</exception>
    public VNeIdConnector(string name, VNeIdConnectorSettings settings, HttpClient http, SubjectDigest subjects, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        (_settings, _subjects, _clock) = (settings, subjects, clock);
        _http = new UpstreamHttp(http, settings, clock);
        _cipher = settings.Encrypted.Count > 0 ? new VNeIdCipher(settings) : null;
        _body = new VNeIdBody(settings, _cipher);
        _identities = new IdentityMapping(name, settings);
    }

    public Task<UpstreamStart> StartAsync(UpstreamRequest request, CancellationToken ct)
    {
        var transaction = AuthorizationRequest.NewTransaction(request.Callback, _clock.GetUtcNow());
        var address = AuthorizationRequest.WithQuery(_settings.AuthorizationEndpoint!, AuthorizationRequest.Parameters(_settings, request, transaction));
        return Task.FromResult<UpstreamStart>(new UpstreamStart.Redirect(address, transaction));
    }

    public async Task<UpstreamOutcome> CompleteAsync(UpstreamCallback callback, UpstreamTransaction transaction, CancellationToken ct)
    {
        var response = AuthorizationResponse.Read(callback, transaction, _settings, issuerExpected: false, plusIsSpace: false);
        if (response is not AuthorizationResponse.Code answer) return ((AuthorizationResponse.Ended)response).Outcome;
        if (_clock.GetUtcNow() - transaction.StartedAt > _settings.StateLifetime) return Failed(UpstreamFailure.CodeRefused, "came after state_lifetime");

        var read = await ReadCodeAsync(answer, ct);
        if (!read.Passed(out var code, out var failed)) return failed;

        var exchanged = await ExchangeAsync(code, transaction, ct);
        if (!exchanged.Passed(out var accessToken, out failed)) return failed;

        var asked = await AskAsync(accessToken, ct);
        if (!asked.Passed(out var claims, out failed)) return failed;
        // When the person was there is not said; that the answer is fresh is all that is known.
        return _identities.Map(new UpstreamClaims(claims.Json, null), _clock.GetUtcNow(), amr: [], logoutHint: null) switch
        {
            UpstreamOutcome.Authenticated { Identity: var identity } when _settings.SubjectForm == VNeIdSubjectForm.KeyedDigest =>
                new UpstreamOutcome.Authenticated(identity with { Subject = _subjects($"{_settings.Issuer}\n{identity.Subject}") }),
            var outcome => outcome,
        };
    }

    public Uri? LogoutAddress(Uri returnTo) =>
        _settings.EndSessionEndpoint is { } endpoint ? AuthorizationRequest.LogoutAddress(endpoint, _settings, returnTo) : null;

    private async Task<Checked<string>> ReadCodeAsync(AuthorizationResponse.Code answer, CancellationToken ct)
    {
        var wrappedKey = answer.Parameters.GetValueOrDefault(_settings.KeyParameter);
        if (!_settings.Encrypted.Contains(VNeIdPart.Code))
            return wrappedKey is null ? answer.Value : Failed(UpstreamFailure.Malformed, $"has {_settings.KeyParameter}, but encrypted does not name the code");
        var began = _clock.GetTimestamp();
        if (_cipher!.Open(answer.Value, wrappedKey) is { } opened && Encoding.UTF8.GetString(opened) is var code && AuthorizationResponse.IsCode(code)) return code;
        await Task.Delay(Step - new TimeSpan(_clock.GetElapsedTime(began).Ticks % Step.Ticks), _clock, ct);
        return Failed(UpstreamFailure.Malformed, "has no code encrypted for us");
    }

    private async Task<Checked<string>> ExchangeAsync(string code, UpstreamTransaction transaction, CancellationToken ct)
    {
        using var request = TokenRequest.Of(_settings, _settings.TokenEndpoint!, code, transaction);
        var sent = await _http.SendAsync("token endpoint", request, ct);
        if (!sent.Passed(out var reply, out var failed)) return failed;
        if (reply.Status == 401) return NotLetIn(reply);
        if (!reply.IsSuccess) return TokenRequest.Refusal(reply, _body.ErrorOf(reply, VNeIdPart.Token));
        if (!_body.Read(reply, VNeIdPart.Token).Passed(out var body, out failed)) return failed;
        return body.Text("access_token") is { } token && (!body.Json.TryGetProperty("token_type", out _) || "Bearer".Equals(body.Text("token_type"), StringComparison.OrdinalIgnoreCase))
            ? token
            : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{reply.Endpoint} gave no bearer token");
    }

    private async Task<Checked<JsonObjectReader>> AskAsync(string accessToken, CancellationToken ct)
    {
        if (!BearerRequest.Of(_settings.UserinfoEndpoint!, accessToken).Passed(out var request, out var failed)) return failed;
        using var asking = request;
        var sent = await _http.SendAsync("userinfo endpoint", asking, ct);
        if (!sent.Passed(out var reply, out failed)) return failed;
        if (reply.Status == 401) return NotLetIn(reply);
        return reply.IsSuccess ? _body.Read(reply, VNeIdPart.Userinfo) : new UpstreamOutcome.Failed(UpstreamFailure.Refused, $"{reply.Endpoint} answered with status {reply.Status}");
    }

    private static UpstreamOutcome.Failed NotLetIn(UpstreamReply reply) =>
        new(UpstreamFailure.Refused, $"{reply.Endpoint} answered with status 401: a wrong client secret, or our address is not on the upstream's list");

    private static UpstreamOutcome.Failed Failed(UpstreamFailure why, string what) => new(why, $"authorization response {what}");
}
