using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Keys;

public sealed class SigningKeyOptions
{
    /// <summary>How long a key signs.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "730.00:00:00")]
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A key is published this long before it signs. Must exceed every relying party's key cache; a day is the usual worst.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "60.00:00:00")]
    public TimeSpan Announce { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A key stays published this long after it signed last. Must exceed the longest token lifetime.</summary>
    [Range(typeof(TimeSpan), "02:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
