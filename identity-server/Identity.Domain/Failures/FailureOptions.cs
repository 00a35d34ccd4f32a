using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Failures;

public sealed class FailureOptions
{
    /// <summary>How long the timeline behind a reference code can be told. People come to the counter weeks later; the trail keeps the bare fact for years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}
