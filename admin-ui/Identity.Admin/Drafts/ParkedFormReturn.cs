using System.Globalization;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace Identity.Admin.Drafts;

/// <summary>Lays the fields of a parked form, and the file that was chosen in it, before the page that its owner comes back to.</summary>
internal sealed class ParkedFormReturn(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, ParkedForms forms)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query[ParkedFormTrip.Parameter] is [{ Length: > 0 } reference]
            && http.Features.Get<AdminActor>() is { } actor && await forms.FindAsync(reference, actor.PersonId, http.RequestAborted) is { } form)
        {
            http.Features.Set(new ReturnedForm(form.Fields.ToDictionary(f => f.Key, f => new StringValues(f.Value), StringComparer.OrdinalIgnoreCase)));
            await ShowFileAsync(http, forms, actor, reference, form);
        }
        await next(http);
    }

    /// <summary>A form that came back and met an expired sign-in once more names the file that it came back with.</summary>
    private static async Task ShowFileAsync(HttpContext http, ParkedForms forms, AdminActor actor, string reference, TypedForm form)
    {
        if (form.File is null && form.Find(ParkedFormTrip.KeptFile) is { Length: > 0 } earlier && await forms.FindAsync(earlier, actor.PersonId, http.RequestAborted) is { } first)
            (reference, form) = (earlier, first);
        if (form.File is { } file) http.Features.Set(new KeptFile(reference, file.Name));
    }
}

/// <summary>A form that came back; the page says so at the top.</summary>
public sealed record ReturnedForm(Dictionary<string, StringValues> Fields);

/// <summary>A file that need not be chosen again; the page says so beside the field.</summary>
public sealed record KeptFile(string Reference, string Name);

/// <summary>To the page, what came back looks as if it had been sent a moment ago.</summary>
internal sealed class ReturnedFormValues : IValueProviderFactory
{
    public Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        if (context.ActionContext.HttpContext.Features.Get<ReturnedForm>() is { } form)
            context.ValueProviders.Insert(0, new FormValueProvider(BindingSource.Form, new FormCollection(form.Fields), CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}

internal static class DraftsSetup
{
    public static WebApplicationBuilder AddDrafts(this WebApplicationBuilder app)
    {
        app.Services.AddScoped<ParkedFormTrip>().AddScoped<KeptFiles>().AddScoped<UntakenForm>();
        app.Services.AddSingleton<ParkingTurn>();
        app.Services.Configure<MvcOptions>(mvc =>
        {
            mvc.ValueProviderFactories.Add(new ReturnedFormValues());
            mvc.Filters.AddService<KeptFiles>();
            mvc.Filters.AddService<UntakenForm>();
        });
        return app;
    }
}
