namespace Identity.Sandbox.People;

/// <summary>
/// Personal number = 999 (no province or country has it) + century and sex (0 male, 1 female born 19xx; 2 male, 3 female born 20xx)
/// + two digits of the birth year + a running number. Phones start with 011, which no network uses; mail is at mau.example.
/// </summary>
public static class SyntheticPeople
{
    public static IReadOnlyList<SyntheticPerson> All { get; } =
    [
        new("an", "Nguyễn Thị Ẩn", "999168000001", new(1968, 9, 5), "Nữ")
            { Description = "Công dân, mức độ 02, tên nhiều dấu", Phone = "0110000001", Email = "an@mau.example" },
        new("binh", "Bình", "999090000002", new(1990, 1, 31), "Nam")
            { Description = "Tên chỉ có một chữ", Phone = "0110000002", Email = "binh@mau.example" },
        new("le-mot", "Lê Thị Một", "999301000003", new(2001, 2, 3), "Nữ")
            { Description = "Sinh đôi: chị", Phone = "0110000003", Email = "le-mot@mau.example" },
        new("le-hai", "Lê Thị Mốt", "999301000004", new(2001, 2, 3), "Nữ")
            { Description = "Sinh đôi: em, tên gần giống, chung số điện thoại", Phone = "0110000003", Email = "le-hai@mau.example" },
        new("dung", "Đỗ Văn Dũng", "999085000005", new(1985, 12, 1), "Nam")
            { Description = "Tài khoản chỉ ở mức độ 01", Level = "01", Phone = "0110000005", Email = "dung@mau.example" },
        new("doanhnghiep", "Trần Văn Đại", "999075000006", new(1975, 6, 15), "Nam")
        {
            Description = "Tài khoản tổ chức: Công ty TNHH Mẫu An Bình", Phone = "0110000006", Email = "congty@mau.example",
            Business = new("9900000016", "Công ty TNHH Mẫu An Bình"),
        },
        new("em", "Võ Gia Em", "999214000007", new(2014, 5, 1), "Nam")
            { Description = "Trẻ em, sinh năm 2014" },
        new("foreigner", "ANNA MARIA BEISPIEL", "999180000008", new(1980, 3, 8), "Nữ")
            { Description = "Người nước ngoài cư trú, số định danh dành cho người nước ngoài", Phone = "0110000008", Email = "anna@mau.example" },
        new("full", "Phạm Văn Đủ", "999079000009", new(1979, 10, 20), "Nam")
        {
            Description = "Có đủ mọi thông tin chuẩn của OpenID Connect", Phone = "0110000009", Email = "full@mau.example",
            Standard = EveryStandardClaim,
        },
        new("noemail", "Hoàng Thị Mây", "999155000010", new(1955, 7, 7), "Nữ")
            { Description = "Không có thư điện tử", Phone = "0110000010" },
        new("trung", "Nguyễn Thị Ẩn", "999172000011", new(1972, 4, 9), "Nữ")
            { Description = "Trùng họ tên với người đầu tiên nhưng là người khác", Phone = "0110000011", Email = "trung@mau.example" },
        new("dai", "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Quỳnh Ngọc Ánh Tuyết", "999199000012", new(1999, 1, 1), "Nữ")
            { Description = "Tên rất dài", Phone = "0110000012", Email = "dai@mau.example" },
    ];

    public static SyntheticPerson? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    static Dictionary<string, object> EveryStandardClaim => new()
    {
        ["given_name"] = "Đủ", ["family_name"] = "Phạm", ["middle_name"] = "Văn", ["nickname"] = "Đủ Đầy",
        ["name"] = "Phạm Văn Đủ", ["preferred_username"] = "pham.van.du",
        ["profile"] = "https://mau.example/du", ["picture"] = "https://mau.example/du.png", ["website"] = "https://du.mau.example",
        ["email"] = "full@mau.example", ["email_verified"] = true, ["gender"] = "male", ["birthdate"] = "1979-10-20",
        ["zoneinfo"] = "Asia/Ho_Chi_Minh", ["locale"] = "vi-VN",
        ["phone_number"] = "+84110000009", ["phone_number_verified"] = true,
        ["address"] = new Dictionary<string, object>
        {
            ["formatted"] = "Thôn Mẫu, xã Mẫu, tỉnh An Bình", ["street_address"] = "Thôn Mẫu", ["locality"] = "Xã Mẫu",
            ["region"] = "Tỉnh An Bình", ["postal_code"] = "99000", ["country"] = "VN",
        },
        ["updated_at"] = 1_767_225_600,
    };
}
