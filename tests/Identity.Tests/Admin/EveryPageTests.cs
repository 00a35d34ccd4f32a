using System.Net;
using Identity.Admin.Api;
using Identity.Admin.Pages;
using Identity.Domain.Administration;
using Identity.Tests.Admin.Desk;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin;

/// <summary>What holds for every page of the administration host, and that none is outside of the matrices.</summary>
public sealed class EveryPageTests
{
    /// <summary>What people see who are not signed in, or are leaving.</summary>
    private static readonly string[] Public = ["GET /error/{status}", "GET /signout", "GET /welcome", "POST /signout"];

    /// <summary>Neither a page nor an operation of the management API, each with a test of its own.</summary>
    private static readonly string[] Others = ["/api/v1/openapi.json", "/favicon.svg", "/signin", "/signin/callback", "/signed-out"];

    [Fact]
    public async Task M1_no_address_is_outside_of_the_matrices()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        var rows = await HostPages.OfAsync(admin);
        var endpoints = admin.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();
        var models = typeof(AdminPage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract);

        HostPages.AreIn(nameof(EveryPageTests), Public, rows.Where(r => r.Matrix is PageMatrix.Public or PageMatrix.None));
        Assert.Empty(models.Except(rows.Select(r => r.Model)).Select(m => $"{m.Name} is the model of no page."));
        Assert.Equal(Others.Order(), endpoints.Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is null && e.Metadata.GetMetadata<ApiOperation>() is null).Select(e => e.RoutePattern.RawText!).Distinct().Order());
    }

    [Fact]
    public async Task M1_nobody_at_all_is_sent_to_the_sign_in_from_everywhere()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        var wrong = new List<string>();

        foreach (var row in (await HostPages.OfAsync(admin)).Where(r => r.Matrix != PageMatrix.Public))
        {
            using var browser = new TestBrowser(admin.Address);
            var page = row.IsForm ? await browser.PostAsync(AddressOf(row), []) : await browser.GetAsync(AddressOf(row));
            if (page.LeftFor?.AbsoluteUri.StartsWith(admin.Provider.Issuer, StringComparison.Ordinal) != true) wrong.Add($"{row.Name} answers {page.Status} at {page.Address.AbsolutePath}");
        }

        HostPages.AllRight(wrong);
    }

    [Fact]
    public async Task M28_a_form_without_our_token_and_a_form_that_no_page_has_do_nothing()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var form = await visitor.OpenAsync("/signout");
        var wrong = new List<string>();

        var rows = await HostPages.OfAsync(admin);
        foreach (var row in rows.Where(r => r.IsForm))
            if (await visitor.Browser.PostAsync(admin.Address + AddressOf(row), []) is { Status: not HttpStatusCode.BadRequest } page) wrong.Add($"{row.Name} without a token answers {page.Status}");
        // A name that means nothing is the form without a name, where there is one.
        foreach (var row in rows.Where(r => r is { IsForm: false, Handler: null, Matrix: not PageMatrix.Public } && !rows.Any(o => o is { IsForm: true, Handler: null } && o.Template == r.Template)))
            if (await DeskStage.PostAsync(visitor, form, AddressOf(row with { Handler = "Nothing" })) is { Status: not HttpStatusCode.NotFound } page) wrong.Add($"POST {row.Name[4..]} Nothing answers {page.Status}");

        HostPages.AllRight(wrong);
    }

    private static string AddressOf(PageRow row) => row.Address(part => part switch { "id" => $"{Guid.Empty}", "format" => "csv", "status" => "404", _ => "vnconnect" });
}
