using System.Text.RegularExpressions;
using Identity.Admin.Access;
using Identity.Admin.Pages;
using Identity.Admin.Pages.Applications;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin;

/// <summary>Everything that the pages of the running administration host can be asked: the rows of every matrix. A page and a form are in it the day they are written.</summary>
internal static class HostPages
{
    public static async Task<IReadOnlyList<PageRow>> OfAsync(TestAdmin admin)
    {
        var loader = admin.Services.GetRequiredService<PageLoader>();
        var rows = new List<PageRow>();
        foreach (var page in admin.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            var (template, model) = (page.AttributeRouteInfo!.Template!, compiled.HandlerTypeInfo.AsType());
            var handlers = compiled.HandlerMethods.Select(h => new PageRow(h.HttpMethod.ToUpperInvariant(), template, h.Name, model)).ToList();
            // One without handlers shows itself.
            if (!handlers.Exists(h => h is { Method: "GET", Handler: null })) handlers.Insert(0, new PageRow("GET", template, null, model));
            rows.AddRange(handlers);
        }
        return [.. rows.OrderBy(r => r.Name, StringComparer.Ordinal)];
    }

    /// <summary>Those of one matrix.</summary>
    public static async Task<IReadOnlyList<PageRow>> OfAsync(TestAdmin admin, PageMatrix matrix) => [.. (await OfAsync(admin)).Where(r => r.Matrix == matrix)];

    /// <summary>Fails with a sentence for every row that nobody has written an expectation for, and for every expectation that has no row any more.</summary>
    public static void AreIn(string table, IEnumerable<string> expected, IEnumerable<PageRow> rows)
    {
        var (host, written) = (rows.Select(r => r.Name).ToHashSet(StringComparer.Ordinal), expected.ToHashSet(StringComparer.Ordinal));
        AllRight(
        [
            .. host.Except(written).Order(StringComparer.Ordinal).Select(name => $"The host answers to \"{name}\", and nobody has written down who may: the table of {table} needs a row."),
            .. written.Except(host).Order(StringComparer.Ordinal).Select(name => $"The table of {table} says who may \"{name}\", and the host has no such page or form."),
        ]);
    }

    /// <summary>Fails with all sentences, and with each of them whole.</summary>
    public static void AllRight(IReadOnlyCollection<string> wrong) => Assert.True(wrong.Count == 0, string.Join('\n', wrong));
}

/// <summary>Which test says who may open a page.</summary>
internal enum PageMatrix
{
    /// <summary>None: it is no page of ours.</summary>
    None,

    /// <summary>None: whoever comes may see it.</summary>
    Public,

    /// <summary><see cref="Desk.DeskMatrixTests"/>.</summary>
    Desk,

    /// <summary><see cref="Tests.Applications.AccessMatrixTests"/>.</summary>
    Applications,

    /// <summary><see cref="Operating.RouteMatrixTests"/>: all others.</summary>
    Operating,
}

/// <summary>One way to ask one page.</summary>
/// <param name="Template">As the page says it, with its constraints.</param>
/// <param name="Handler">Which of its forms or pictures; null for the one without a name.</param>
internal sealed partial record PageRow(string Method, string Template, string? Handler, Type Model)
{
    private const string HandlerPart = "/{handler?}";

    /// <summary>As the tables write it: <c>POST /apps/{id}/keys Add</c>.</summary>
    public string Name => $"{Method} {Path(part => $"{{{part}}}")}{(Handler is null ? "" : $" {Handler}")}";

    public bool IsForm => Method == "POST";

    public PageMatrix Matrix =>
        Model.IsDefined(typeof(OpenToAllAttribute), inherit: false) ? PageMatrix.Public
        : Model.IsSubclassOf(typeof(DeskPage)) ? PageMatrix.Desk
        : Model.IsSubclassOf(typeof(ApplicationPage)) ? PageMatrix.Applications
        : Model.IsSubclassOf(typeof(AdminPage)) ? PageMatrix.Operating
        : PageMatrix.None;

    /// <param name="fill">What stands in a part of the address, by its name.</param>
    public string Address(Func<string, string> fill) => Path(fill) + (
        Handler is null ? "" : Template.EndsWith(HandlerPart, StringComparison.Ordinal) ? $"/{Handler.ToLowerInvariant()}" : $"?handler={Handler}");

    private string Path(Func<string, string> fill) => "/" + Part().Replace(Template.Replace(HandlerPart, "", StringComparison.Ordinal), match => fill(match.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}")]
    private static partial Regex Part();
}
