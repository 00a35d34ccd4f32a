using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Identity.Domain.People;

/// <summary>
/// NIST SP 800-63B-4 §3.1.1.2: length is what counts, known and guessable passwords are refused, and there are no rules about
/// which kinds of characters must occur.
/// </summary>
public sealed class PasswordPolicy : IPasswordValidator<LocalAccount>
{
    private const int MinimumLength = 15;

    /// <summary>As long as the sign-in form takes.</summary>
    private const int MaximumLength = 256;

    /// <summary>A name this short occurs in ordinary words.</summary>
    private const int TellingNameLength = 4;

    // What people make of a long minimum: a favourite typed twice, a walk over the keyboard, a motto.
    private static readonly string[] Common =
    [
        "password", "passw0rd", "matkhau", "administrator", "letmein", "welcome", "iloveyou", "anhyeuem", "vietnam", "changeme",
        "12345678901234567890", "09876543210987654321", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb", "abcdefghijklmnopqrstuvwxyz",
        "correcthorsebatterystaple", "thequickbrownfoxjumpsoverthelazydog", "khongcogiquyhondoclaptudo", "doclaptudohanhphuc",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<LocalAccount> manager, LocalAccount user, string? password)
    {
        var problem = Problem(password ?? "", user.UserName ?? "");
        return Task.FromResult(problem is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "PasswordPolicy", Description = problem }));
    }

    /// <summary>One sentence about what is wrong, or null.</summary>
    public static string? Problem(string password, string userName)
    {
        if (!IsText(password)) return "The password holds a character that is none.";
        if (password.EnumerateRunes().Count() < MinimumLength) return $"The password must have at least {MinimumLength} characters.";
        if (password.Length > MaximumLength) return $"The password must have at most {MaximumLength} characters.";
        if (userName.Length >= TellingNameLength && password.Contains(userName, StringComparison.OrdinalIgnoreCase))
            return "The password must not contain the user name.";
        return IsGuessable(Plain(password)) ? "The password is one of those that are tried first; choose another." : null;
    }

    /// <summary>What can be brought into a normal form and stored: no null character, no noncharacter, no half of a surrogate pair.</summary>
    internal static bool IsText(string text) =>
        !text.Any(c => c is '\0' or '\uFFFE' or '\uFFFF') && !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);

    private static bool IsGuessable(string plain)
    {
        var rest = plain;
        foreach (var common in Common)
        {
            if (common.Contains(plain, StringComparison.Ordinal)) return true;
            rest = rest.Replace(common, "", StringComparison.Ordinal);
        }
        // What is left beside the common words must itself be worth something, and so must one turn of a repetition.
        return rest.Length < MinimumLength / 2 || rest.Distinct().Count() < 5 || Period(rest) <= MinimumLength / 2;
    }

    /// <summary>Length of the shortest beginning whose repetition is the whole text.</summary>
    private static int Period(string text)
    {
        var length = 1;
        while (length < text.Length && !text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length))) length++;
        return length;
    }

    private static string Plain(string password) =>
        new([.. password.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit)]);
}
