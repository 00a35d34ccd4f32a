using System.Text;
using Identity.Server.Startup;

namespace Identity.Server.Commands;

/// <summary>Asks twice and shows nothing: a password on the command line would stand in the shell's history and in the process list.</summary>
internal static class PasswordPrompt
{
    public static string Ask()
    {
        if (Console.IsInputRedirected) throw new StartupException("There is no terminal to ask for the password: use --password-stdin.");
        var first = Read("Password: ");
        if (Read("Once more: ") != first) throw new StartupException("The two passwords differ.");
        return first;
    }

    private static string Read(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
