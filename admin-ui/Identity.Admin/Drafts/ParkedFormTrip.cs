using System.Reflection;
using Identity.Admin.SignIn;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Admin.Drafts;

/// <summary>A form that was not taken: what was typed and chosen waits, and the way back leads to the same page, filled in.</summary>
internal sealed class ParkedFormTrip(ParkedForms forms, AdminSessions sessions, AdminCookies cookies, ParkingTurn turn)
{
    public const string Parameter = "form";

    /// <summary>Field of a form by which a file that is still here stands for one that is chosen anew.</summary>
    public const string KeptFile = "kept";

    private const int LongestName = 100;

    /// <summary>Where to go after the sign-in. Without a sign of whose form it was nothing is kept, and nothing is read: it could be shown to somebody else.</summary>
    public async Task<string> ParkAsync(HttpContext http, CompiledPageActionDescriptor page, CancellationToken ct) =>
        cookies.ReadEndedVisit(http) is { } visit && await sessions.OwnerAsync(visit.Sid, ct) is { } owner && await TryParkAsync(http, page, owner, ct) is { } filled
            ? filled : BackOf(http);

    /// <returns>Where the form comes back to its owner, filled in; null when nothing could be kept.</returns>
    public async Task<string?> TryParkAsync(HttpContext http, CompiledPageActionDescriptor page, Guid owner, CancellationToken ct)
    {
        var takes = page.HandlerTypeInfo.GetCustomAttribute<TakesFileAttribute>();
        if (!http.Request.HasFormContentType || (takes is null && IsMultipart(http.Request)) || !await forms.HasRoomAsync(owner, ct)) return null;
        return await ReadAsync(http.Request, ct) is { } sent && await KeepAsync(sent, takes, owner, ct) is { } reference ? QueryHelpers.AddQueryString(BackOf(http), Parameter, reference) : null;
    }

    /// <returns>The reference of what was kept; null when its owner has no room left.</returns>
    public async Task<string?> KeepAsync(IFormCollection sent, TakesFileAttribute? takes, Guid owner, CancellationToken ct)
    {
        using var place = await turn.ComeAsync(ct);
        var typed = sent.Where(field => field.Key != Parameter).ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray(), StringComparer.Ordinal);
        return await forms.TryParkAsync(owner, new(typed, takes is null ? null : await ChosenFileOf(sent, takes, ct)), ct);
    }

    private static string BackOf(HttpContext http) =>
        QueryHelpers.AddQueryString(http.Request.Path, http.Request.Query.Where(q => q.Key is not ("handler" or Parameter)).ToDictionary(q => q.Key, q => q.Value.ToString())!);

    private static bool IsMultipart(HttpRequest request) => request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for one that is larger than its page takes, broken or cut off.</summary>
    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static async Task<ChosenFile?> ChosenFileOf(IFormCollection sent, TakesFileAttribute takes, CancellationToken ct)
    {
        if (sent.Files.GetFile(takes.Field) is not { Length: > 0 } file || file.Length > takes.Largest) return null;
        using var copy = new MemoryStream((int)file.Length);
        await file.CopyToAsync(copy, ct);
        return new(takes.Field, PlainNameOf(file.FileName), copy.ToArray());
    }

    /// <summary>What a person would call it: no folder, on one line, not endless.</summary>
    private static string PlainNameOf(string name)
    {
        var plain = VisibleText.OneLine(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]);
        return plain.Length <= LongestName ? plain : $"…{plain[^LongestName..]}";
    }
}

/// <summary>One form after the other on each node: the room of a person is counted, then taken, and a file is several times itself in memory while it is sealed.</summary>
internal sealed class ParkingTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IDisposable> ComeAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Place(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Place(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
