using Identity.Sandbox.People;

namespace Identity.Sandbox.Register;

/// <summary>An entry of somebody who may act for the company, as the register has it.</summary>
public sealed record CompanyOfficer(string Number, DateOnly? Born, string Role, string Position)
{
    public const string LegalRepresentative = "Người đại diện theo pháp luật";
    public const string Owner = "Chủ sở hữu";
    public const string Authorised = "Người đại diện theo ủy quyền";

    public static IReadOnlyList<string> Roles { get; } = [LegalRepresentative, Owner, Authorised];

    public static CompanyOfficer Of(string personKey, string role, string position) =>
        SyntheticPeople.Find(personKey) is { } person ? new(person.Number, person.Born, role, position) : throw new ArgumentException(personKey);
}

public sealed record CompanyBranch(string TaxCode, string Name);

/// <summary>A company that should not exist: tax codes begin with 99, which no province's tax office gives.</summary>
public sealed record SyntheticCompany(string TaxCode, string Name, IReadOnlyList<CompanyOfficer> Officers)
{
    public const string Active = "Đang hoạt động";
    public const string Paused = "Tạm ngừng kinh doanh";
    public const string Dissolved = "Đã giải thể";

    public string State { get; init; } = Active;

    public DateOnly? DissolvedOn { get; init; }

    public string? ForeignName { get; init; }

    public IReadOnlyList<CompanyBranch> Branches { get; init; } = [];

    public required string Description { get; init; }
}

public static class SyntheticCompanies
{
    public static IReadOnlyList<SyntheticCompany> All { get; } =
    [
        new("9900000016", "Công ty TNHH Mẫu An Bình", [CompanyOfficer.Of("an", CompanyOfficer.LegalRepresentative, "Giám đốc")])
        {
            Description = "Một giám đốc, hai chi nhánh", ForeignName = "Mau An Binh Company Limited",
            Branches = [new("9900000016-001", "Chi nhánh Thôn Mẫu, Công ty TNHH Mẫu An Bình"), new("9900000016-002", "Chi nhánh Xã Mẫu, Công ty TNHH Mẫu An Bình")],
        },
        new("9900000030", "Công ty Cổ phần Mẫu Sông Xanh",
            [CompanyOfficer.Of("an", CompanyOfficer.LegalRepresentative, "Chủ tịch Hội đồng quản trị"), CompanyOfficer.Of("full", CompanyOfficer.LegalRepresentative, "Tổng giám đốc")])
            { Description = "Hai người đại diện theo pháp luật" },
        new("9900000048", "Doanh nghiệp tư nhân Mẫu Hoàng Mây", [CompanyOfficer.Of("noemail", CompanyOfficer.Owner, "Chủ doanh nghiệp")])
            { Description = "Chủ sở hữu tự điều hành" },
        new("9900000111", "Công ty TNHH Mẫu Đã Giải Thể", [CompanyOfficer.Of("an", CompanyOfficer.LegalRepresentative, "Giám đốc")])
            { Description = "Đã giải thể: chỉ được xem", State = SyntheticCompany.Dissolved, DissolvedOn = new(2026, 3, 31) },
        new("9900000129", "Công ty TNHH Mẫu Đổi Chủ", [CompanyOfficer.Of("trung", CompanyOfficer.LegalRepresentative, "Giám đốc")])
            { Description = "Giám đốc cũ (an) đã thôi; giám đốc mới trùng họ tên với bà" },
        new("9900000136", "Công ty TNHH Mẫu Sai Ngày Sinh", [CompanyOfficer.Of("full", CompanyOfficer.LegalRepresentative, "Giám đốc") with { Born = new(1979, 10, 2) }])
            { Description = "Số định danh đúng, ngày sinh sai: không ai được công nhận" },
        new("9900000143", "Công ty TNHH Mẫu Tạm Ngừng", [CompanyOfficer.Of("binh", CompanyOfficer.LegalRepresentative, "Giám đốc")])
            { Description = "Đang tạm ngừng", State = SyntheticCompany.Paused },
        new("9900000150", "Công ty TNHH Mẫu Ủy Quyền",
            [CompanyOfficer.Of("foreigner", CompanyOfficer.LegalRepresentative, "Giám đốc"), CompanyOfficer.Of("binh", CompanyOfficer.Authorised, "Kế toán trưởng")])
            { Description = "Giám đốc nước ngoài, một người được ủy quyền trong sổ đăng ký" },
    ];
}
