using System.Globalization;
using System.Net.Http.Headers;
using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;
using Identity.Sandbox.People;

namespace Identity.Sandbox.VNeId;

internal sealed class VNeIdUserinfoEndpoint(EidMemory memory, FailureSwitch failures, VNeIdEncryption encryption)
{
    public IResult Show(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || header.Scheme != "Bearer" || memory.AccessTokens.Find(header.Parameter) is not { } approval) return Results.Unauthorized();
        return failures.For(approval.Failure) switch
        {
            Failure.Down => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            Failure.Unauthorized => Results.Unauthorized(),
            var failure => encryption.Envelope(Claims(approval.Person, failure), failure is Failure.IvMissing or Failure.PlainBody ? Failure.None : failure),
        };
    }

    static Dictionary<string, object> Claims(SyntheticPerson person, Failure failure)
    {
        var claims = new Dictionary<string, object>
        {
            ["accountType"] = person.Business is null ? "1" : "2",
            ["accountLevel"] = failure == Failure.LevelTooLow ? "01" : person.Level,
            ["birthDate"] = person.Born.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        };
        if (failure == Failure.MissingClaim) return claims;
        (claims["citizenPid"], claims["fullName"]) = (person.Number, person.FullName);
        return claims;
    }
}
