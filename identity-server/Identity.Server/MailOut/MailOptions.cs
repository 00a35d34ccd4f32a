using System.ComponentModel.DataAnnotations;
using System.Net;
using Identity.Domain.Mail;

namespace Identity.Server.MailOut;

/// <summary>The relay that takes our mail. Without a host nothing is sent: what is owed waits until it is too old.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Name of the relay, as its certificate has it. Empty: no mail goes out.</summary>
    [MaxLength(253)]
    public string Host { get; set; } = "";

    /// <summary>587 is submission with STARTTLS. The library cannot speak TLS from the first byte (port 465).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Off is accepted for a relay on this very machine only; there it is the default.</summary>
    public bool? StartTls { get; set; }

    public string UserName { get; set; } = "";

    /// <summary>File that holds the password; read for every connection, so a new one needs no restart.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Sender of every mail, and where the relay reports what it could not deliver.</summary>
    public string From { get; set; } = "";

    /// <summary>Sender's name in Vietnamese; the name of this site when it is empty.</summary>
    [MaxLength(100)]
    public string FromNameVi { get; set; } = "";

    [MaxLength(100)]
    public string FromNameEn { get; set; } = "";

    /// <summary>For one mail from connection to receipt.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>All nodes together. Relays refuse senders that come in floods.</summary>
    [Range(1, 10_000)]
    public int PerMinute { get; set; } = 300;

    public bool IsConfigured => Host.Length > 0;

    public bool UsesStartTls => StartTls ?? !IsLoopback;

    private bool IsLoopback => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    public static bool HasSoundSender(MailOptions o) => !o.IsConfigured || MailQueue.IsAddress(o.From) || IsLocalAddress(o);

    public static bool IsEncrypted(MailOptions o) => o.UsesStartTls || o.IsLoopback || !o.IsConfigured;

    public static bool HasPassword(MailOptions o) => o.UserName.Length == 0 || File.Exists(o.PasswordFile);

    // A relay on this machine may know senders without a dotted domain.
    private static bool IsLocalAddress(MailOptions o) => o.IsLoopback && o.From.EndsWith("@localhost", StringComparison.Ordinal) && MailQueue.IsAddress(o.From + ".invalid");
}
