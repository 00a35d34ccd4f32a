using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Applications;

/// <summary>The question to the owners of every application in production: still in use, with these owners and this contact?</summary>
public sealed class ConfirmationOptions
{
    /// <summary>A year (prior-art.md §2.6). Less than the first reminder's two months and one more would be asking without a pause.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", "1826.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(365);

    /// <summary>So long after the day the owners had their time; from then on it is also the work of the unit's administrator and the province.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan EscalateAfter { get; set; } = TimeSpan.FromDays(30);
}
