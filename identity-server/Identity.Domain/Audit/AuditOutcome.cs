namespace Identity.Domain.Audit;

/// <summary>How it ended, told from the last word of the event's name.</summary>
public static class AuditOutcome
{
    public const string Succeeded = "succeeded";

    /// <summary>A rule, or the person, said no.</summary>
    public const string Refused = "refused";

    /// <summary>It was tried and did not work.</summary>
    public const string Failed = "failed";

    public static string Of(string name) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "refused" or "bounced" or "declined" or "cancelled" or "abandoned" or "paused" or "stray_answer" or "error_shown" => Refused,
        "failed" or "shown" or "expired" => Failed,
        _ => Succeeded,
    };
}
