using System.Globalization;
using Identity.Domain.Administration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace Identity.Admin.Drafts;

/// <summary>Lays the fields of a parked form before the page that its owner comes back to.</summary>
internal sealed class ParkedFormReturn(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, ParkedForms forms)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query[ParkedFormTrip.Parameter] is [{ Length: > 0 } reference]
            && http.Features.Get<AdminActor>() is { } actor && await forms.FindAsync(reference, actor.PersonId, http.RequestAborted) is { } fields)
            http.Features.Set(new ReturnedForm(fields.ToDictionary(f => f.Key, f => new StringValues(f.Value), StringComparer.OrdinalIgnoreCase)));
        await next(http);
    }
}

/// <summary>A form that came back; the page says so at the top.</summary>
public sealed record ReturnedForm(Dictionary<string, StringValues> Fields);

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
        app.Services.AddScoped<ParkedFormTrip>();
        app.Services.Configure<MvcOptions>(mvc => mvc.ValueProviderFactories.Add(new ReturnedFormValues()));
        return app;
    }
}
