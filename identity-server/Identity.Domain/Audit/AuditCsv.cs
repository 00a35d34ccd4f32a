using System.Globalization;

namespace Identity.Domain.Audit;

/// <summary>Rows as a spreadsheet reads them, RFC 4180.</summary>
internal static class AuditCsv
{
    public const string Header = "sequence,at,name,outcome,reason,actor,person_id,client_id,session_id,connector,reference,address,port,detail";

    public static string Line(AuditEvent row) => string.Join(',', ((string?[])
    [
        row.Sequence.ToString(CultureInfo.InvariantCulture), row.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), row.Name, row.Outcome, row.Reason, row.Actor, row.PersonId?.ToString(),
        row.ClientId, row.SessionId?.ToString(), row.Connector, row.Reference, row.Address, row.Port?.ToString(CultureInfo.InvariantCulture), row.Detail,
    ]).Select(Cell));

    /// <summary>A cell that begins like a formula would be computed by whoever opens the file (M7): an apostrophe makes it text.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
