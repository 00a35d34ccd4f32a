using Microsoft.AspNetCore.Http;

namespace Identity.Tests.Connectors;

/// <summary>Answers that no good upstream gives.</summary>
internal static class Answer
{
    public static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public static RequestDelegate Text(string body, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate RedirectTo(string path) => context =>
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    };

    public static RequestDelegate Megabytes(int count, bool announced) => async context =>
    {
        var megabyte = new byte[1024 * 1024];
        megabyte.AsSpan().Fill((byte)' ');
        if (announced) context.Response.ContentLength = (long)count * megabyte.Length;
        for (var i = 0; i < count && !context.RequestAborted.IsCancellationRequested; i++)
            await context.Response.Body.WriteAsync(megabyte);
    };

    /// <summary>Says nothing until the caller hangs up.</summary>
    public static async Task Never(HttpContext context)
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }

    /// <summary>Sends half an answer, then nothing.</summary>
    public static async Task HalfThenNever(HttpContext context)
    {
        await context.Response.WriteAsync("{\"keys\":");
        await context.Response.Body.FlushAsync();
        await Never(context);
    }

    public static Task HangUp(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
