using Identity.Sandbox.Pages;

namespace Identity.Sandbox.Applications;

internal static class ProblemPage
{
    public static IResult Show(SampleApplication application, Problem problem) => application.Page.Show("Có trục trặc", Html.Of($"""
        <div class="problem"><p><strong><code>{problem.Error}</code></strong></p><p>{problem.Description}</p></div>
        <a class="button" href="/signin">Thử lại đăng nhập</a>
        <a class="button plain" href="/">Về trang đầu</a>
        """), problem.Status);
}
