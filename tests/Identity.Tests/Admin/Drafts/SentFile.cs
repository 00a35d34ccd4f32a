using System.Text;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;

namespace Identity.Tests.Admin.Drafts;

/// <summary>A form with a file, as a browser sends it: what stands in the form, and the file that was chosen or none.</summary>
internal static class SentFile
{
    public const string ListName = "danh-sach.csv";

    public static readonly byte[] List = ListOf("CB1,,cb1@so.mau.example,Lê Văn Mẫu,H99.07.12,Chuyên viên,2026-01-01,,");

    public static byte[] ListOf(string row) => Encoding.UTF8.GetBytes($"{Office.ListHeader}\n{row}");

    /// <summary>Presses the button of the page's form with this action.</summary>
    public static async Task<TestPage> PressAsync(AdminVisitor visitor, TestPage page, string action, string field, byte[]? file = null, string name = ListName, params (string Name, string Value)[] typed)
    {
        var form = page.Forms.Single(f => f.GetAttribute("action") == action);
        var standing = form.Elements.SelectMany(e => e switch
        {
            IHtmlInputElement { Type: "file" } => [],
            IHtmlInputElement { Type: "checkbox" } box => box.IsChecked ? [(box.Name!, box.Value)] : [],
            IHtmlInputElement input when input.Name is not null => [(input.Name, input.Value)],
            IHtmlSelectElement select => [(select.Name!, select.Value ?? "")],
            _ => Array.Empty<(string Name, string Value)>(),
        }).Where(f => typed.All(t => t.Name != f.Item1));
        return await visitor.Browser.PostFileAsync(new Uri(page.Address, action).AbsoluteUri, Form([.. standing, .. typed], field, file, name));
    }

    /// <summary>A field for which no file was chosen is sent too: without a name, and empty.</summary>
    public static MultipartFormDataContent Form(IEnumerable<(string Name, string Value)> fields, string field, byte[]? file, string name = ListName)
    {
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        foreach (var (key, value) in fields) form.Add(new StringContent(value), key);
        var part = new ByteArrayContent(file ?? []);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{(file is null ? "" : name)}\"");
        form.Add(part);
        return form;
    }
}
