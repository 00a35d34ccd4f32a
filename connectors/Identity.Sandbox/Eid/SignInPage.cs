using Identity.Sandbox.Failures;
using Identity.Sandbox.Pages;
using Identity.Sandbox.People;

namespace Identity.Sandbox.Eid;

internal static class SignInPage
{
    public static Page Page { get; } = new("Định danh điện tử quốc gia (giả lập)", "eid");

    public static IResult Ask(string request, string? hint, string path, FailureOf way) => Page.Show("Bạn là ai?", Html.Of($"""
        <p>Chọn một người giả để đăng nhập. Không cần mật khẩu.</p>
        <form method="post" action="{path}">
        <input type="hidden" name="request" value="{request}">
        <details>
        <summary>Thử nghiệm lỗi trong lần đăng nhập này</summary>
        <label for="failure">Điều gì sẽ hỏng?</label>
        <select id="failure" name="failure">{Options(FailureCatalog.At(way), Failure.None)}</select>
        </details>
        {Html.Each(SyntheticPeople.All.OrderByDescending(p => p.Key == hint), p => Choice(p, p.Key == hint))}
        <button class="plain" name="action" value="cancel">Hủy</button>
        </form>
        """));

    public static IResult Refuse(string why) =>
        Page.Show("Không đăng nhập được", Html.Of($"""<p class="problem">{why}</p>"""), StatusCodes.Status400BadRequest);

    public static Html Options(IEnumerable<FailureEntry> failures, Failure selected) => Html.Each(failures, f => Html.Of(
        $"""<option value="{f.Name}"{(f.Failure == selected ? new Html(" selected") : Html.Empty)}>{f.Vi} ({f.Name})</option>"""));

    static Html Choice(SyntheticPerson person, bool hinted) => Html.Of($"""
        <button class="person" name="person" value="{person.Key}">{person.FullName}<span>{person.Description}{(hinted ? " (được gợi ý)" : "")}</span></button>
        """);
}
