using Identity.Domain.Administration;

namespace Identity.Admin.Work;

/// <summary>A part of the province's sign-on that knows what somebody has to do about it.</summary>
public interface IWorkSource
{
    /// <summary>Only what this person may act on.</summary>
    Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct);
}

public enum WorkUrgency
{
    Now,
    Soon,
    ToKnow,
}

/// <param name="Text">Key of the sentence.</param>
/// <param name="Link">Where it is done.</param>
/// <param name="LinkText">Key of the link's text.</param>
public sealed record WorkItem(WorkUrgency Urgency, string Text, string Link, string LinkText)
{
    /// <summary>For the sentence's placeholders.</summary>
    public IReadOnlyList<(string Name, object? Value)> Values { get; init; } = [];

    /// <summary>What it is about, for programs: the name of a connector, a client, a reason, an algorithm, an identifier. Null for a queue of many.</summary>
    public string? Subject { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>When it breaks something, or should be done.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>All of it, the most urgent first, and what is new before what is old.</summary>
public sealed class WorkList(IEnumerable<IWorkSource> sources)
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var items = new List<WorkItem>();
        foreach (var source in sources) items.AddRange(await source.ReadAsync(actor, ct));
        return [.. items.OrderBy(i => i.Urgency).ThenByDescending(i => i.Since)];
    }
}

internal static class WorkSetup
{
    /// <summary>In the order of this list where urgency and time are equal.</summary>
    public static WebApplicationBuilder AddWork(this WebApplicationBuilder app)
    {
        app.Services.AddScoped<IWorkSource, KeyWork>().AddScoped<IWorkSource, AuditWork>().AddScoped<IWorkSource, QueueWork>()
            .AddScoped<IWorkSource, ConnectorWork>().AddScoped<IWorkSource, FailureWork>()
            .AddScoped<IWorkSource, RoleWork>().AddScoped<IWorkSource, ExpiryWork>()
            .AddScoped<IWorkSource, ProofWork>().AddScoped<IWorkSource, HandoverWork>().AddScoped<IWorkSource, ConfirmationWork>();
        app.Services.AddScoped<WorkList>();
        return app;
    }
}
