using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Identity.Server.Telemetry;

/// <summary>Our own lines only, and of an exception only its type: its message may quote what somebody typed. The whole of it is in the node's own log.</summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception) return;
        data.Exception = null;
        data.Attributes = [.. data.Attributes ?? [], new("exception.type", exception.GetType().FullName)];
    }
}
