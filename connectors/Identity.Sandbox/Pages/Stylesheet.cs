namespace Identity.Sandbox.Pages;

internal static class Stylesheet
{
    static readonly byte[] Css = Read();

    public static IResult Send(HttpContext http)
    {
        http.Response.Headers.CacheControl = "max-age=300";
        return Results.Bytes(Css, "text/css; charset=utf-8");
    }

    static byte[] Read()
    {
        using var resource = typeof(Stylesheet).Assembly.GetManifestResourceStream("sandbox.css")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
