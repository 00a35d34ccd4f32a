namespace Identity.Domain.Policies;

/// <summary>What the province has decided, as this node knows it: in memory, for requests. A policy without a document has no members.</summary>
public sealed class ProvincePolicies(IReadOnlyList<Policy> stored)
{
    public SessionPolicy Sessions { get; } = stored.OfType<SessionPolicy>().FirstOrDefault() ?? new();
    public SignInPolicy SignIn { get; } = stored.OfType<SignInPolicy>().FirstOrDefault() ?? new();
    public ReviewPolicy Review { get; } = stored.OfType<ReviewPolicy>().FirstOrDefault() ?? new();
    public RetentionPolicy Retention { get; } = stored.OfType<RetentionPolicy>().FirstOrDefault() ?? new();
    public ReminderPolicy Reminders { get; } = stored.OfType<ReminderPolicy>().FirstOrDefault() ?? new();
}
