using System.ComponentModel.DataAnnotations;

namespace Identity.Admin.SignIn;

/// <summary>Where this host stands, and how it signs its people in: as an ordinary client of the public host.</summary>
public sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>Its own address, as it stands in the address bar: <c>https://quantri.anbinh.example</c>. The client's redirect URI is below it.</summary>
    [Required(ErrorMessage = "write the address of this host, for example https://quantri.anbinh.example")]
    public Uri? Address { get; set; }

    [Required(ErrorMessage = "write the issuer of the public host, for example https://dangnhap.anbinh.example")]
    public string Issuer { get; set; } = "";

    [Required] public string ClientId { get; set; } = "admin";

    [Required(ErrorMessage = "write the secret of the client that this host is")]
    public string ClientSecret { get; set; } = "";

    /// <summary>Less opens nothing here, whatever the client's own configuration asks for.</summary>
    [Range(2, 4)] public int MinimumLevel { get; set; } = 2;

    /// <summary>Unseen for this long, an administrator signs in again; what they typed comes back.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "12:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(30);

    public static bool IsAddress(AdminOptions options) => options.Address is null or { IsAbsoluteUri: true, Scheme: "https" or "http", AbsolutePath: "/" };
}
