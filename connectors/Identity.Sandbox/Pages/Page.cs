using System.Text;

namespace Identity.Sandbox.Pages;

/// <summary>What every page has: its site's name, the word SANDBOX, a skip link and one h1. No script anywhere.</summary>
internal sealed record Page(string Site, string Theme)
{
    public IResult Show(string title, Html body, int status = StatusCodes.Status200OK) =>
        Results.Content(Document(title, body).Markup, "text/html; charset=utf-8", Encoding.UTF8, status);

    Html Document(string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="vi">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} - {Site} - SANDBOX</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/sandbox.css">
        </head>
        <body class="{Theme}">
        <a class="skip" href="#main">Đến nội dung chính</a>
        <header><p class="site">{Site}</p><p class="mark">SANDBOX: trang thử nghiệm, mọi người và số liệu đều là giả</p></header>
        <main id="main" tabindex="-1">
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>
        """);
}
