using System.ComponentModel.DataAnnotations;

namespace Identity.Hosting.Pages;

/// <summary>Whose sign-in this is. No defaults for the names and the host: a wrong "correct address" line would teach people to trust it.</summary>
public sealed class ProvinceOptions
{
    public const string Section = "Province";

    [Required(ErrorMessage = "write the province's name in Vietnamese, for example Tỉnh An Bình")] public string NameVi { get; set; } = "";
    [Required(ErrorMessage = "write the province's name in English, for example An Binh Province")] public string NameEn { get; set; } = "";

    /// <summary>The public host as people see it in the address bar.</summary>
    [Required(ErrorMessage = "write the host as it stands in the address bar, for example dangnhap.anbinh.example")] public string Host { get; set; } = "";

    /// <summary>Two letters in front of every reference code, so support knows which province to ask.</summary>
    [Required(ErrorMessage = "write two capital letters, for example AB"), RegularExpression("^[A-Z]{2}$", ErrorMessage = "write two capital letters, for example AB")]
    public string ReferencePrefix { get; set; } = "";

    /// <summary>Where a person is helped by a person.</summary>
    [Required] public string CounterVi { get; set; } = "Trung tâm Phục vụ hành chính công";
    [Required] public string CounterEn { get; set; } = "Public Administration Service Centre";

    /// <summary>The national e-ID as citizens call it, for pages that are not about one connector.</summary>
    [Required] public string NationalEid { get; set; } = "VNeID";

    /// <summary>Where weaknesses are reported: <c>mailto:</c>, <c>https:</c> or <c>tel:</c> (RFC 9116). Without it there is no security.txt.</summary>
    public string? SecurityContact { get; set; }

    /// <summary>Until when somebody will look at that contact; a year at most is advised. Afterwards security.txt is gone.</summary>
    public DateTimeOffset? SecurityContactExpires { get; set; }

    public string Name(string language) => language == "en" ? NameEn : NameVi;

    public string Counter(string language) => language == "en" ? CounterEn : CounterVi;
}
