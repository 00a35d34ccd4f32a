using Identity.Domain.Clients;

namespace Identity.Domain.Organisations;

/// <summary>What <see cref="OrgTreeRules"/> and <see cref="OrgTreeFile"/> refuse.</summary>
internal static class OrgTreeFaults
{
    public static LocalizedText MustBeDay { get; } = new("phải là ngày, ví dụ 2025-07-01", "must be a day like 2025-07-01");
    public static LocalizedText CodeIsLong { get; } = new("dài hơn độ dài cho phép của mã cơ quan (35)", "is longer than an agency code may be (35)");
    public static LocalizedText CodeHoldsOther { get; } = new("có ký tự ngoài 0-9, A-Z và dấu chấm", "holds something other than 0-9, A-Z and dots");
    public static LocalizedText CodeHasEmptyGroup { get; } = new("có nhóm trống giữa các dấu chấm", "has an empty group between its dots");
    public static LocalizedText CodeSkipsAgency { get; } = new("nêu một đơn vị mà thiếu cơ quan cấp trên của nó", "names a unit without the agency above it");
    public static LocalizedText CodeBegins { get; } = new("phải bắt đầu bằng mã của một bộ hoặc tỉnh, ví dụ H99", "must begin with the code of a ministry or province, like H99");

    public static LocalizedText EndsBeforeItBegins { get; } = new("phải sau valid_from", "must be after valid_from");
    public static LocalizedText SuccessorNeedsEnd { get; } = new("cần valid_to, ngày đơn vị kế thừa tiếp nhận", "needs valid_to, the day from which it takes over");
    public static LocalizedText ParentIsMissing { get; } = new("đang thiếu; chỉ tỉnh mới không có cấp trên", "is missing; only a province stands below nobody");
    public static LocalizedText ProvinceHasNoParent { get; } = new("được ghi cho một tỉnh, vốn không có cấp trên", "stands beside a province, which is below nobody");
    public static LocalizedText OwnCodeIsFormer { get; } = new("có chính mã hiện nay của đơn vị", "hold the unit's own code");
    public static LocalizedText LevelIsFixed { get; } = new("không đổi được; hãy kết thúc đơn vị này và lập đơn vị khác", "cannot change; end the unit and begin another one");
    public static LocalizedText LeadsBack { get; } = new("dẫn ngược về chính đơn vị này", "leads back to the unit itself");
    public static LocalizedText LeadsTooFar { get; } = new("đi qua nhiều cấp hơn số cấp có thật, hoặc thành vòng lặp", "leads through more levels than there are, or into a circle");

    public static LocalizedText FileIsLarge(int megabytes) => new($"Tệp lớn hơn {megabytes} MB.", $"The file is larger than {megabytes} MB.");
    public static LocalizedText FormerIsInUse(string code) => new($"có {code}, hôm nay là mã của đơn vị khác", $"hold {code}, which is another unit's code today");

    public static LocalizedText EndIsFixed(DateOnly? day) => new(
        $"đã là {day:yyyy-MM-dd} và giữ nguyên; đơn vị lập lại là một đơn vị khác", $"is {day:yyyy-MM-dd} already, and stays so; a unit that comes back is another one");

    public static LocalizedText ChangeIsNotBetween(DateOnly last) => new(
        $"phải sau {last:yyyy-MM-dd}, lần thay đổi gần nhất, và không ở tương lai", $"must be after {last:yyyy-MM-dd}, its last change, and not in the future");

    public static LocalizedText CodeTwiceInFile(string code, string path) => new($"là {code}, cùng lúc {path} cũng mang mã này", $"is {code}, which {path} has at the same time");

    public static LocalizedText CodeIsStored(string code, DateOnly since) => new(
        $"là {code}, đã là một đơn vị từ {since:yyyy-MM-dd}; hãy ghi ngày đó ở valid_from để sửa, hoặc kết thúc đơn vị đó trước",
        $"is {code}, a unit since {since:yyyy-MM-dd}; write that day as valid_from to change it, or end it first");

    public static LocalizedText NoUnitHas(string code) => new($"là {code}, không đơn vị nào mang mã này", $"is {code}, which no unit has");
    public static LocalizedText NotThereOn(string code, DateOnly day) => new($"là {code}, không còn hoặc chưa có vào ngày {day:yyyy-MM-dd}", $"is {code}, which is not there on {day:yyyy-MM-dd}");

    public static LocalizedText EndsAbove(string code) => new(
        $"kết thúc đơn vị này trong khi {code} ở dưới vẫn còn; hãy chuyển hoặc kết thúc cả đơn vị đó", $"ends it above {code}, which goes on; move or end that one as well");

    public static LocalizedText SuccessorNotThereOn(string code, DateOnly day) => new(
        $"là {code}, không có vào ngày {day:yyyy-MM-dd}: sẽ không ai làm các nhiệm vụ", $"is {code}, which is not there on {day:yyyy-MM-dd}: nobody would do the duties");
}
