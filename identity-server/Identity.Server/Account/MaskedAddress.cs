namespace Identity.Server.Account;

/// <summary>Enough to know one's own address again, too little for whoever looks over the shoulder: first letter and domain (ux.md §3.8).</summary>
public static class MaskedAddress
{
    public static string? Of(string? address) => address?.IndexOf('@', StringComparison.Ordinal) is { } at and > 0 ? $"{address[0]}•••{address[at..]}" : null;
}
