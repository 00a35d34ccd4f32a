using System.ComponentModel.DataAnnotations;

namespace Identity.Server.Login;

public sealed class LoginOptions
{
    /// <summary>A password costs a tenth of a second of a core. More at once than there are cores makes all of them slower and none of them sooner.</summary>
    [Range(1, 256)]
    public int PasswordsAtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Networks of counters, libraries and other computers that many people use, as <c>10.1.2.0/24</c>. There nothing is remembered
    /// and a sign-in ends soon; elsewhere the person says so on the page.
    /// </summary>
    public IList<string> SharedNetworks { get; init; } = [];

    /// <summary>Whether people without a second factor of their own may get a code by mail where a password alone is not enough. Never a way round a factor that they have.</summary>
    public bool MailedCodes { get; set; } = true;

    /// <summary>Who comes when so many wait is asked to come back; waiting any longer, people would press again.</summary>
    [Range(0, 10_000)]
    public int PasswordQueue { get; set; } = 50 * Environment.ProcessorCount;

    /// <summary>An application that comes back within this time, twice, is taken to be going round in circles. Zero: nobody looks.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BounceWindow { get; set; } = TimeSpan.FromSeconds(10);
}
