using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Identity.Tests.Harness;

/// <summary>Statements that requests to one host have sent. Those of its own clockwork, and of other hosts of this process, are not among them.</summary>
internal sealed class StatementCount : IStartupFilter, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly AsyncLocal<bool> _isOfRequest = new();
    private int _count;

    public StatementCount() => DiagnosticListener.AllListeners.Subscribe(this);

    /// <summary>How many statements the work sends.</summary>
    public async Task<int> OfAsync(Func<Task> work)
    {
        var before = Volatile.Read(ref _count);
        await work();
        return Volatile.Read(ref _count) - before;
    }

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
