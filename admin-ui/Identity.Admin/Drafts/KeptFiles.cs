using System.Reflection;
using Identity.Admin.Pages;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Identity.Admin.Drafts;

/// <summary>
/// A file that is still here stands for one that was not chosen again; one that was chosen anew replaces it. When the page comes back with
/// a fault that is not the file's, the file stays: a browser never fills that field in.
/// </summary>
internal sealed class KeptFiles(ParkedForms forms, ParkedFormTrip trip) : IAsyncPageFilter
{
    public async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        var http = context.HttpContext;
        if (TakenBy(context.ActionDescriptor, http) is not { } takes || http.Features.Get<AdminActor>() is not { } actor) return;
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        if (sent.Files.GetFile(takes.Field) is { Length: > 0 } || sent[ParkedFormTrip.KeptFile] is not [{ Length: > 0 } reference]) return;
        if (await forms.FindAsync(reference, actor.PersonId, http.RequestAborted) is not { File: { } file } || file.Field != takes.Field) return;
        http.Request.Form = new FormCollection(sent.ToDictionary(StringComparer.OrdinalIgnoreCase), new FormFileCollection { new FormFile(new MemoryStream(file.Bytes), 0, file.Bytes.Length, file.Field, file.Name) { Headers = new HeaderDictionary() } });
        http.Features.Set(new KeptFile(reference, file.Name));
    }

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var (http, ended) = (context.HttpContext, await next());
        if (TakenBy(context.ActionDescriptor, http) is not { } takes || http.Features.Get<AdminActor>() is not { } actor || ended.Exception is not null) return;
        var kept = http.Features.Get<KeptFile>();
        if (context.HandlerInstance is AdminPage { HasFault: true } page)
        {
            if (page.Faults.Exists(fault => page.FieldOf(fault) == takes.Field)) http.Features.Set<KeptFile>(null);
            else if (kept is null) await KeepAsync(http, takes, actor);
        }
        else if (kept is not null) await forms.EndSoonAsync(kept.Reference, actor.PersonId, http.RequestAborted);
    }

    private async Task KeepAsync(HttpContext http, TakesFileAttribute takes, AdminActor actor)
    {
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        if (sent.Files.GetFile(takes.Field) is { Length: > 0 } file && file.Length <= takes.Largest && await trip.KeepAsync(sent, takes, actor.PersonId, http.RequestAborted) is { } reference)
            http.Features.Set(new KeptFile(reference, file.FileName));
    }

    /// <summary>Null for what sends no file.</summary>
    private static TakesFileAttribute? TakenBy(CompiledPageActionDescriptor page, HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType ? page.HandlerTypeInfo.GetCustomAttribute<TakesFileAttribute>() : null;
}
