using System.Diagnostics;
using OpenTelemetry;

namespace Identity.Server.Telemetry;

/// <summary>
/// A span leaves with what is named here and nothing else. Addresses, queries, user agents, statements and messages of exceptions are
/// where codes, states and names of people would travel; what a library adds tomorrow stays here as well.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Harmless =
    [
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
        "db.system.name", "db.response.status_code",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !IsHarmless(name, data.Kind)).ToList()) data.SetTag(name, null);
        data.SetStatus(data.Status);
        data.TraceStateString = null;
        data.DisplayName = NameOf(data);
        // Nothing can be taken out of an event any more. Ours hold a type only; whatever else does not leave at all.
        if (data.Events.SelectMany(e => e.Tags).Any(tag => tag.Key != "exception.type" && tag.Value is not "")) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <summary>For a listener to the same sources: an exception is recorded by its type. What is filled in here, the library leaves alone.</summary>
    public static void OnlyType(Activity span, Exception exception, ref TagList tags)
    {
        tags.Add("exception.message", "");
        tags.Add("exception.stacktrace", "");
    }

    /// <summary>Whom we asked is our own configuration; under which name we were asked is the visitor's choice.</summary>
    private static bool IsHarmless(string tag, ActivityKind kind) => Harmless.Contains(tag) || (tag == "server.address" && kind == ActivityKind.Client);

    private static string NameOf(Activity span) => span.Source.Name switch
    {
        TelemetryExport.Requests => $"{span.GetTagItem("http.request.method")} {span.GetTagItem("http.route") ?? "(no route)"}",
        TelemetryExport.Outgoing => $"{span.GetTagItem("http.request.method")} {span.GetTagItem("server.address")}",
        _ => "database",
    };
}
