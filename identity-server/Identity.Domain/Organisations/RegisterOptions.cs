using System.ComponentModel.DataAnnotations;

namespace Identity.Domain.Organisations;

/// <summary>How often registers are asked. What is used is asked about often enough that who has left acts no longer than five minutes.</summary>
public sealed class RegisterOptions
{
    /// <summary>After a sign-in with a national number at level 02 the registers are asked which organisations the person stands for. Never before or during it.</summary>
    public bool AskAfterSignIn { get; set; } = true;

    /// <summary>Nobody is asked about again after a sign-in before this has passed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Organisations that somebody has acted for lately.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:05:00")]
    public TimeSpan RefreshUsedEvery { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>All others with people of ours in them.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan RefreshOthersEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>What "lately" means.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan UsedWithin { get; set; } = TimeSpan.FromDays(1);
}
