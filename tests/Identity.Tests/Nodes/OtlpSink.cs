using System.Collections.Concurrent;
using System.Text;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Nodes;

/// <summary>A collector that keeps every byte it is sent.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, string Body)> _received = new();
    private readonly WebApplication _application;

    private OtlpSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Address);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.MapPost("/v1/{signal}", ReceiveAsync);
    }

    public string Address { get; } = FreeAddresses.Take(1)[0];

    public static async Task<OtlpSink> StartAsync()
    {
        var sink = new OtlpSink();
        await sink._application.StartAsync();
        return sink;
    }

    /// <summary>Protocol buffers hold their strings as UTF-8, one byte after the other; read as Latin-1 nothing gets lost.</summary>
    public string Received(string signal) => string.Concat(_received.Where(r => r.Signal == signal).Select(r => r.Body));

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task<IResult> ReceiveAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray())));
        return Results.Ok();
    }
}
