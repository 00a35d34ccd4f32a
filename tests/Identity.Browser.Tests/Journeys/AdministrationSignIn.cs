using Identity.Browser.Tests.Harness;

namespace Identity.Browser.Tests.Journeys;

/// <summary>The way of officials into the administration host.</summary>
internal static class AdministrationSignIn
{
    /// <summary>By official mail, for the first time.</summary>
    public static async Task ByMailAsync(Visitor visitor, string address, string mailbox)
    {
        await visitor.OpenAsync(visitor.Stage.Administration + "/");
        await visitor.Page.FillAsync("#address", address);
        await visitor.PressAsync("form[action$='/mail'] button");
        await visitor.ReachAsync("**/going/thu-xa");
        await visitor.PressAsync("form[action$='/start/thu-xa'] button");
        await visitor.ArriveAsync(visitor.Stage.MailProvider);
        await visitor.PressAsync($"button[value={mailbox}]");
        await visitor.ReachAsync("**/first");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ArriveAsync(visitor.Stage.Administration);
    }
}
