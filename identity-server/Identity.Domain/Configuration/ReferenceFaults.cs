using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What <see cref="ReferenceRules"/> refuse.</summary>
internal static class ReferenceFaults
{
    // What a name can be of: the vocabulary of the configuration's own pages.
    public static LocalizedText Scope { get; } = new("phạm vi dữ liệu", "scope");
    public static LocalizedText Sector { get; } = new("lĩnh vực", "sector");
    public static LocalizedText Resource { get; } = new("API", "resource");
    public static LocalizedText Connector { get; } = new("kết nối", "connector");

    public static LocalizedText NobodyCouldSignIn { get; } = new(
        "cao hơn mức mà mọi kết nối của ứng dụng được bảo đảm; sẽ không ai đăng nhập được", "is above what any of the client's connectors may vouch for; nobody could sign in");

    public static LocalizedText ApprovalIsDue(string claim) => new(
        $"phải là true đối với {claim}: tỉnh duyệt từng ứng dụng được nhận thông tin này", $"must be true for {claim}: the province approves client by client who gets it");

    public static LocalizedText ScopeReleasesClaims(string scope) => new(
        $"có {scope}, vốn trao thông tin về con người; quyền ở một API phải là phạm vi riêng", $"hold {scope}, which releases claims about a person; a right at an API is a scope of its own");

    public static LocalizedText DirectoryIsNotLdap(string name) => new($"nêu {name}, không phải kết nối ldap", $"names {name}, which is not an ldap connector");

    public static LocalizedText DirectoryWithoutAccount(string name) => new(
        $"nêu {name}, không có bind_dn nên không tra cứu được gì ở đó", $"names {name}, which has no bind_dn, so nothing can be looked up there");

    public static LocalizedText NobodySignsInThrough(string register) => new(
        $"có {register} là sổ đăng ký, không ai đăng nhập qua đó", $"hold {register}, a register, through which nobody signs in");

    public static LocalizedText OtherEnvironment(string connector, string its, string clients) => new(
        $"có {connector} thuộc môi trường {its}, còn ứng dụng thuộc môi trường {clients}", $"hold {connector}, whose environment is {its}, and the client's is {clients}");

    public static LocalizedText ScopeIsNotApproved(string scope) => new(
        $"thiếu {scope}, phạm vi mà tỉnh duyệt cho từng ứng dụng", $"lack {scope}, a scope that the province approves client by client");

    public static LocalizedText ResourceOfScopeIsMissing(string resource, string scope) => new(
        $"thiếu {resource}, nơi phạm vi {scope} thuộc về", $"lack {resource}, to which the scope {scope} belongs");

    public static LocalizedText MachineAsksForPerson(string scope) => new(
        $"có {scope}, nói về một con người; máy gọi máy chỉ có phạm vi của các API", $"hold {scope}, which is about a person; a machine has none, only scopes of resources");

    public static LocalizedText NoScopeCarries(string claim) => new(
        $"nêu {claim}, không phạm vi nào của ứng dụng mang thông tin này", $"names {claim}, which none of the client's scopes carries");

    /// <param name="kind">One of those above.</param>
    public static LocalizedText DoesNotExist(LocalizedText kind, string name, LocalizedText meant) => new(
        $"nêu {kind.Vi} {name}, không tồn tại{meant.Vi}", $"name the {kind.En} {name}, which does not exist{meant.En}");

    /// <param name="owner">Where the first one stands.</param>
    public static LocalizedText NameIsTaken(string name, string owner) => new($"là {name}, đã dùng ở {owner}", $"is {name}, which {owner} has already");
}
