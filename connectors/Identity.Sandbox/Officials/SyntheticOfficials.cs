namespace Identity.Sandbox.Officials;

/// <summary>A civil servant who should not exist, or a mailbox that an office shares.</summary>
/// <param name="Id">What the mail system knows the mailbox by for ever; it survives a new address.</param>
public sealed record SyntheticOfficial(string Id, string Address, string Name)
{
    public string? Unit { get; init; }

    public string? Title { get; init; }

    public string? EmployeeNumber { get; init; }

    /// <summary>How the mailbox signs in at the provider (RFC 8176); those who run something have a second step there.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ["pwd"];

    /// <summary>Belongs to an office: nobody may sign in by it.</summary>
    public bool Shared { get; init; }

    public override string ToString() => Address;
}

/// <summary>Departments keep their mailboxes on a mail server (so.mau.example), communes at a provider with a sign-in page (xa.mau.example).</summary>
public static class SyntheticOfficials
{
    /// <summary>Of every mailbox on the mail server; public knowledge like everything here.</summary>
    public const string Password = "mat-khau-thu-mau";

    private static readonly string[] TwoSteps = ["pwd", "otp", "mfa"];

    public static IReadOnlyList<SyntheticOfficial> AtMailServer { get; } =
    [
        new("so-1", "lan.tt@so.mau.example", "Trần Thị Lan") { Title = "Chuyên viên" },
        new("so-2", "khoa.lv@so.mau.example", "Lê Văn Khoa") { Title = "Trưởng phòng" },
        new("so-3", "vanphong@so.mau.example", "Văn phòng Sở Mẫu") { Shared = true },
    ];

    public static IReadOnlyList<SyntheticOfficial> AtProvider { get; } =
    [
        new("xa-1", "minh.pv@xa.mau.example", "Phạm Văn Minh") { Unit = "Trung tâm Phục vụ hành chính công xã Mẫu", Title = "Công chức Một cửa", EmployeeNumber = "XM-0001" },
        new("xa-2", "hoa.nt@xa.mau.example", "Nguyễn Thị Hoa") { Unit = "Ủy ban nhân dân xã Mẫu", Title = "Phó Chủ tịch", EmployeeNumber = "XM-0002" },
        new("xa-4", "ha.dt@xa.mau.example", "Đỗ Thị Hà") { Unit = "Ủy ban nhân dân xã Mẫu", Title = "Chuyên viên công nghệ thông tin", EmployeeNumber = "XM-0004", Methods = TwoSteps },
        new("xa-5", "tuan.nm@xa.mau.example", "Ngô Minh Tuấn") { Unit = "Ủy ban nhân dân xã Mẫu", Title = "Chuyên viên công nghệ thông tin", EmployeeNumber = "XM-0005", Methods = TwoSteps },
        new("xa-6", "son.vt@xa.mau.example", "Vũ Thái Sơn") { Unit = "Trung tâm Phục vụ hành chính công xã Mẫu", Title = "Chuyên viên", EmployeeNumber = "XM-0006", Methods = TwoSteps },
        new("xa-7", "mai.pt@xa.mau.example", "Phan Thị Mai") { Unit = "Trung tâm Phục vụ hành chính công xã Mẫu", Title = "Chuyên viên", EmployeeNumber = "XM-0007", Methods = TwoSteps },
        new("xa-3", "vanphong@xa.mau.example", "Văn phòng xã Mẫu") { Shared = true },
    ];

    public static SyntheticOfficial? Find(string? id) => AtProvider.FirstOrDefault(o => o.Id == id);
}
