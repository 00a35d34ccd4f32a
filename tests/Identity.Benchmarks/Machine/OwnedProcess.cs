using System.Diagnostics;
using System.Globalization;

namespace Identity.Benchmarks.Machine;

/// <summary>A process that we started and therefore end, by its id and no other way.</summary>
internal sealed class OwnedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly string _stopSignal;
    private readonly Task _log;

    private OwnedProcess(Process process, string stopSignal, string logFile)
    {
        (_process, _stopSignal, LogFile) = (process, stopSignal, logFile);
        _log = KeepLogAsync();
    }

    public int Id => _process.Id;
    public bool HasEnded => _process.HasExited;
    public string LogFile { get; }

    /// <param name="cores">A list as <c>taskset -c</c> takes it; empty for all.</param>
    /// <param name="stopSignal">PostgreSQL ends in order on INT, everything else on TERM.</param>
    public static OwnedProcess Start(string cores, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string logFile, string stopSignal = "TERM")
    {
        // taskset replaces itself by the program, so the id is the program's.
        string[] pinned = cores.Length == 0 ? [.. command] : ["taskset", "-c", cores, .. command];
        return new(Process.Start(StartInfo(pinned, environment))!, stopSignal, logFile);
    }

    /// <summary>Runs a command to its end and returns what it wrote; fails with its words when it failed.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string? input, CancellationToken ct)
    {
        var info = StartInfo(command, environment);
        info.RedirectStandardInput = input is not null;
        using var process = Process.Start(info)!;
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteLineAsync(input);
                process.StandardInput.Close();
            }
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0
                ? await output
                : throw new BenchmarkException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var signal = Process.Start("kill", ["-s", _stopSignal, _process.Id.ToString(CultureInfo.InvariantCulture)])) await signal.WaitForExitAsync();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }
        await _log;
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }

    private async Task KeepLogAsync()
    {
        await using var file = TextWriter.Synchronized(new StreamWriter(LogFile, append: true) { AutoFlush = true });
        await Task.WhenAll(CopyAsync(_process.StandardOutput, file), CopyAsync(_process.StandardError, file));
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line) await to.WriteLineAsync(line);
    }
}
