using System.Globalization;
using Identity.Sandbox.Failures;
using Identity.Sandbox.People;

namespace Identity.Sandbox.Eid;

/// <summary>A person in the words of the national portal; what is unknown is left out, never empty.</summary>
internal static class PersonClaims
{
    public static Dictionary<string, object> Of(SyntheticPerson person, Failure failure)
    {
        var claims = new Dictionary<string, object?>
        {
            ["sub"] = person.Subject,
            ["TechID"] = person.TechId,
            ["LoaiTaiKhoan"] = person.Business is null ? "1" : "2",
            ["HoVaTen"] = person.FullName,
            ["SoDinhDanh"] = person.Number,
            ["NgayThangNamSinh"] = person.Born.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            ["GioiTinh"] = person.Gender,
            ["DiaChi"] = person.Address,
            ["SoDienThoai"] = person.Phone,
            ["ThuDienTu"] = person.Email,
            ["MaSoThue"] = person.Business?.TaxCode,
            ["MaSoDoanhNghiep"] = person.Business?.TaxCode,
            ["TenDoanhNghiep"] = person.Business?.Name,
            ["loginIdp"] = "BCA",
            ["loAs"] = "LoA1",
            ["mucDo"] = failure == Failure.LevelTooLow ? "01" : person.Level,
        };
        foreach (var (name, value) in person.Standard) claims[name] = value;
        foreach (var name in Withheld(failure)) claims.Remove(name);
        return claims.Where(c => c.Value is not null).ToDictionary(c => c.Key, c => c.Value!);
    }

    static string[] Withheld(Failure failure) => failure switch
    {
        Failure.MissingClaim => ["HoVaTen", "SoDinhDanh", "TechID"],
        Failure.NoEmail => ["ThuDienTu", "email", "email_verified"],
        _ => [],
    };
}
