using Identity.Server.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Language;

/// <summary>The pages alone, behind a real listener: <c>?sample=name</c> fills the page from <see cref="SamplePage"/>.</summary>
internal static class SampleHost
{
    public static async Task<WebApplication> StartAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Province:NameVi"] = "Tỉnh An Bình",
            ["Province:NameEn"] = "An Binh Province",
            ["Province:Host"] = "dangnhap.anbinh.gov.vn",
            ["Province:ReferencePrefix"] = "AB",
        });
        builder.AddPages();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<MvcOptions>(options => options.Filters.Add(new FillFromSample()));
        var app = builder.Build();
        var policy = new ContentSecurityPolicy(app.Services.GetRequiredService<PageStyle>().CspHash).ToString();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return next(context);
        });
        app.MapPages();
        await app.StartAsync();
        return app;
    }

    private sealed class FillFromSample : IPageFilter
    {
        // Without its handler a page asks for no service: the sample is its whole state.
        public void OnPageHandlerSelected(PageHandlerSelectedContext context) => context.HandlerMethod = null;

        public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
        {
            var name = context.HttpContext.Request.Query["sample"].ToString();
            var sample = SamplePage.All.FirstOrDefault(s => s.Name == name);
            if (context.HandlerInstance is not PublicPage page) return;
            sample?.Fill(page);
            if (context.HttpContext.Request.Query.ContainsKey("hostile")) HostileText.PutEverywhere(page);
            if (!page.UsesPasskeys) return;
            var style = context.HttpContext.RequestServices.GetRequiredService<PageStyle>();
            context.HttpContext.Response.Headers.ContentSecurityPolicy = new ContentSecurityPolicy(style.CspHash) { Script = "'self'", Connect = "'self'" }.ToString();
        }

        public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
        {
        }
    }
}
