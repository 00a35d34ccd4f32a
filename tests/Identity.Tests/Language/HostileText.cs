using System.Reflection;
using Identity.Server.Pages;

namespace Identity.Tests.Language;

/// <summary>What an attacker would like to be called.</summary>
internal static class HostileText
{
    public const string Value = "\"'><script>alert(1)</script>{{7*7}}{app}\u2028\u202E\u2066\u0007<img src=x onerror=alert(1)>";

    /// <summary>Every text of the page and of the rows it lists.</summary>
    public static void PutEverywhere(object holder)
    {
        foreach (var property in holder.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(IsOurs))
        {
            if (property.PropertyType == typeof(string) && property.CanWrite) property.SetValue(holder, Value);
            else if (property.GetValue(holder) is System.Collections.IEnumerable rows and not string)
                foreach (var row in rows)
                    if (row is not null && IsOurs(row.GetType())) PutEverywhere(row);
        }
    }

    private static bool IsOurs(PropertyInfo property) => IsOurs(property.DeclaringType!) && property.GetIndexParameters().Length == 0;

    private static bool IsOurs(Type type) => type.Assembly == typeof(PublicPage).Assembly;
}
