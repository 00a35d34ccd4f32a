using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Domain.Configuration;

namespace Identity.Admin.Api;

/// <summary>The one catalogue of what the API answers when it does not do what was asked (RFC 9457). The type is for programs, the title for people.</summary>
public sealed record ApiProblem(
    [property: JsonPropertyOrder(0)] string Type,
    [property: JsonPropertyOrder(1)] string Title,
    [property: JsonPropertyOrder(2)] int Status)
{
    public const string MediaType = "application/problem+json";
    private const string Prefix = "urn:identity:problem:";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonPropertyOrder(3)] public string? Detail { get; init; }

    /// <summary>Every error of a document, each with its place.</summary>
    [JsonPropertyOrder(4)] public IReadOnlyList<ConfigurationError>? Errors { get; init; }

    /// <summary>The version that stands now, for whoever was overtaken.</summary>
    [JsonPropertyOrder(5)] public int? CurrentVersion { get; init; }

    /// <summary>What nobody changes alone.</summary>
    [JsonPropertyOrder(6)] public IReadOnlyList<MemberChange>? RiskyChanges { get; init; }

    /// <summary>Which rule of the domain refused, in one word of it.</summary>
    [JsonPropertyOrder(7)] public string? Refusal { get; init; }

    public static readonly ApiProblem Unauthenticated = New("token-refused", 401, "A live access token of a service account for this API is needed.");
    public static readonly ApiProblem NotAllowed = New("not-allowed", 403, "No role of this service account allows this.");
    public static readonly ApiProblem OwnProposal = New("own-proposal", 403, "Nobody decides about their own proposal, and two service accounts are not two people.");
    public static readonly ApiProblem NotFound = New("not-found", 404, "There is no such thing here.");
    public static readonly ApiProblem MethodNotAllowed = New("method-not-allowed", 405, "This address does not know the method.");
    public static readonly ApiProblem AlreadyDecided = New("already-decided", 409, "The proposal has been decided already.");
    public static readonly ApiProblem NothingToChange = New("nothing-to-change", 409, "The document says what stands already.");
    public static readonly ApiProblem StillRunning = New("still-running", 409, "The first request with this Idempotency-Key has no answer yet, or died without one. Look before you send it anew with another key.");
    public static readonly ApiProblem Untestable = New("untestable", 409, "There is nothing outside to ask: this way in is our own.");
    public static readonly ApiProblem Overtaken = New("stale-version", 412, "Another version stands now.");
    public static readonly ApiProblem TooLarge = New("too-large", 413, "The body is larger than this operation takes.");
    public static readonly ApiProblem NotJson = New("not-json", 415, "Send application/json.");
    public static readonly ApiProblem KeyReused = New("idempotency-key-reused", 422, "This Idempotency-Key belongs to another request.");
    public static readonly ApiProblem TooManyLookUps = New("too-many-look-ups", 429, "This service account has looked for too many people in the last hour.");
    public static readonly ApiProblem NoVersion = New("version-missing", 428, "Name the version that the change was made from: If-Match with its ETag, or If-None-Match: * to create.");
    public static readonly ApiProblem Ours = New("ours", 500, "Something went wrong here. Nothing was changed unless the item says so.");

    public static ApiProblem ScopeMissing(IEnumerable<string> scopes) => New("scope-missing", 403, "The access token lacks a scope.") with { Detail = string.Join(" or ", scopes) };
    public static ApiProblem BadParameter(string? name) => New("bad-parameter", 400, "A parameter is unknown or cannot be read.") with { Detail = name };
    public static ApiProblem UnknownMember(string name) => New("unknown-member", 400, "The body has a member that is not known here.") with { Detail = Suggestion.Quote(name) };
    public static ApiProblem Malformed(string? path) => New("malformed-body", 400, "The body cannot be read.") with { Detail = path };
    public static ApiProblem Invalid(IReadOnlyList<ConfigurationError> errors) => New("invalid-document", 422, "The document breaks rules; nothing was changed.") with { Errors = errors };
    public static ApiProblem ReasonMissing => New("reason-missing", 422, "Write a reason of at most 2,000 characters.");
    public static ApiProblem Stale(int current) => New("stale-version", 412, "Another version stands now.") with { CurrentVersion = current };
    public static ApiProblem NeedsSecondPerson(IReadOnlyList<MemberChange> risky) => New("second-person-needed", 409, "Nobody makes this change alone: send it as a proposal.") with { RiskyChanges = risky };

    /// <summary>What was sent breaks a rule, whatever stands.</summary>
    public static ApiProblem BreaksRule(Enum why) => New("rule-broken", 422, "A rule refuses this; the member refusal says which. Nothing was changed.") with { Refusal = WireWord.Of(why) };

    /// <summary>It may have been right a moment ago.</summary>
    public static ApiProblem Clashes(Enum why) => New("state-refuses", 409, "As things stand this cannot be done; the member refusal says why. Nothing was changed.") with { Refusal = WireWord.Of(why) };

    /// <summary>It is somebody else's to do.</summary>
    public static ApiProblem NotTheirs(Enum why) => NotAllowed with { Refusal = WireWord.Of(why) };

    /// <summary>For answers of the framework that have no body.</summary>
    public static ApiProblem? Of(int status) => status switch
    {
        401 => Unauthenticated, 403 => NotAllowed, 404 => NotFound, 405 => MethodNotAllowed, 413 => TooLarge, 415 => NotJson, >= 500 => Ours,
        _ => New("refused", status, "The request was refused."),
    };

    public IResult ToResult() => Results.Json(this, Json, MediaType, Status);

    public Task WriteAsync(HttpContext http) => ToResult().ExecuteAsync(http);

    private static ApiProblem New(string code, int status, string title) => new(Prefix + code, title, status);
}
