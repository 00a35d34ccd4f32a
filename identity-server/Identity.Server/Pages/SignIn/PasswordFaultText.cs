namespace Identity.Server.Pages.SignIn;

/// <summary>The same words in the summary and beside the field.</summary>
public static class PasswordFaultText
{
    public static string Key(PasswordFault fault) => fault switch
    {
        PasswordFault.UsernameMissing => "err.username_missing",
        PasswordFault.PasswordMissing => "err.password_missing",
        _ => "err.password_wrong",
    };

    public static string Field(PasswordFault fault) => fault == PasswordFault.PasswordMissing ? "password" : "username";
}
