using Identity.Server.Http;
using Identity.Server.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Account;

/// <summary>Carries "this was done" from a form to the page after it, in the address: nothing is kept, and reloading repeats no form.</summary>
public static class AccountDone
{
    public const string Parameter = "done";

    private static readonly (AccountNotice Notice, string Word)[] Words =
    [
        (AccountNotice.SessionEnded, "session-ended"), (AccountNotice.OtherSessionsEnded, "others-ended"), (AccountNotice.ServiceStopped, "service-stopped"),
        (AccountNotice.AppLeft, "app-left"), (AccountNotice.DoorRemoved, "way-removed"), (AccountNotice.MainDoorChanged, "main-changed"),
        (AccountNotice.PasskeyAdded, "passkey-added"), (AccountNotice.AppAdded, "app-added"), (AccountNotice.FactorRenamed, "renamed"), (AccountNotice.FactorRemoved, "removed"),
        (AccountNotice.RecoveryStopped, "recovery-stopped"),
        (AccountNotice.MandateAccepted, "mandate-accepted"), (AccountNotice.RightEnded, "right-ended"),
        (AccountNotice.LanguageSaved, "language"), (AccountNotice.ContactVerified, "contact"), (AccountNotice.ContactRemoved, "no-contact"),
    ];

    public static AccountNotice? Read(HttpContext http)
    {
        var word = http.Request.Query[Parameter].ToString();
        return Array.Find(Words, w => w.Word == word) is { Word: not null } known ? known.Notice : null;
    }

    /// <param name="rest">Further parameters of the address.</param>
    public static IActionResult Show(HttpContext http, string page, AccountNotice? notice, string rest = "")
    {
        http.SeeOther(notice is { } done ? $"{page}?{Parameter}={Array.Find(Words, w => w.Notice == done).Word}{rest}" : page);
        return new EmptyResult();
    }
}
