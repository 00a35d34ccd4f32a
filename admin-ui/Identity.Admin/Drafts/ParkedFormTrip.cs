using Identity.Admin.SignIn;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Admin.Drafts;

/// <summary>A form that met an expired sign-in: what was typed waits, and the way back leads to the same page, filled in.</summary>
internal sealed class ParkedFormTrip(ParkedForms forms, AdminSessions sessions, AdminCookies cookies)
{
    public const string Parameter = "form";

    /// <summary>Where to go after the sign-in. Without a sign of whose form it was nothing is kept: it could be shown to somebody else.</summary>
    public async Task<string> ParkAsync(HttpContext http, CancellationToken ct)
    {
        var back = QueryHelpers.AddQueryString(http.Request.Path, http.Request.Query.Where(q => q.Key is not ("handler" or Parameter)).ToDictionary(q => q.Key, q => q.Value.ToString())!);
        // A form with a file begins anew: files are not kept, and how much this one may hold was not asked yet.
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || cookies.ReadEndedVisit(http) is not { } visit || await sessions.OwnerAsync(visit.Sid, ct) is not { } owner) return back;
        var form = await http.Request.ReadFormAsync(ct);
        var typed = form.Where(field => field.Key != Parameter).ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray(), StringComparer.Ordinal);
        return QueryHelpers.AddQueryString(back, Parameter, await forms.ParkAsync(owner, typed, ct));
    }
}
