using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Harness;

/// <summary>Everything the server logs, so that tests can look for what must never be there.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private static readonly string? ErrorFile = Environment.GetEnvironmentVariable("IDENTITY_TEST_ERRORS");
    private static readonly Lock FileLock = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        // The framework's own debug lines (SQL, routing) are not product logs; ours are captured at every level.
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || category.StartsWith("Identity", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category}: {formatter(state, exception)} {exception}";
            capture.Lines.Enqueue(line);
            // What broke inside a server under test, for whoever looks for it.
            if (ErrorFile is not null && logLevel >= LogLevel.Error)
                lock (FileLock) File.AppendAllText(ErrorFile, line + Environment.NewLine);
        }
    }
}
