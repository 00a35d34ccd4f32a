using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Identity.Benchmarks.Lists;

/// <summary>Statements that the request under way has sent. Those of the host's own clockwork run beside requests and are not among them.</summary>
internal sealed class StatementCount : IStartupFilter, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly AsyncLocal<bool> _isOfRequest = new();
    private int _count;

    public StatementCount() => DiagnosticListener.AllListeners.Subscribe(this);

    public int Value => Volatile.Read(ref _count);

    public void Reset() => Volatile.Write(ref _count, 0);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((_, rest) =>
        {
            _isOfRequest.Value = true;
            return rest();
        });
        next(app);
    };

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuting.Name);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && _isOfRequest.Value) Interlocked.Increment(ref _count);
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }
}
