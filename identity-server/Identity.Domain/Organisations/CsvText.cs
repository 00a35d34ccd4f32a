using System.Text;

namespace Identity.Domain.Organisations;

/// <summary>
/// A table as spreadsheets export it (RFC 4180), with a comma, a semicolon or a tab between cells. Cells are text and stay text: nothing
/// is computed, and what a spreadsheet would compute is for the reader of the table to refuse.
/// </summary>
internal static class CsvText
{
    public const int MaximumBytes = 20 * 1024 * 1024;
    private const int LongestCell = 400;
    private const int MostCells = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text, or why it is none.</summary>
    public static (string? Text, StaffListError? Problem) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumBytes) return (null, new(0, StaffFaults.TooLarge(MaximumBytes / 1024 / 1024)));
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return (null, new(0, StaffFaults.Utf16));
        if (bytes is [(byte)'P', (byte)'K', ..]) return (null, new(0, StaffFaults.Workbook));
        try
        {
            return (Strict.GetString(bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, new(0, StaffFaults.NotUtf8));
        }
    }

    /// <summary>The character between cells: whichever the first line has most of outside quotes.</summary>
    public static char SeparatorOf(string text)
    {
        var (counts, quoted) = (new Dictionary<char, int> { [';'] = 0, [','] = 0, ['\t'] = 0 }, false);
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            if (!quoted && c is '\r' or '\n') break;
            if (!quoted && counts.TryGetValue(c, out var count)) counts[c] = count + 1;
        }
        return counts.MaxBy(c => c.Value).Key;
    }

    /// <summary>Row by row with the line that it begins on; blank rows are left out. A row that cannot be read has no cells and says why.</summary>
    public static IEnumerable<CsvRow> Rows(string text, char separator)
    {
        var (position, line) = (0, 1);
        while (position < text.Length)
        {
            var row = ReadRow(text, separator, ref position, ref line);
            if (row.Problem is not null || row.Cells.Any(c => c.Length > 0)) yield return row;
        }
    }

    private static CsvRow ReadRow(string text, char separator, ref int position, ref int line)
    {
        var (cells, problem, began) = (new List<string>(), (StaffListError?)null, line);
        while (true)
        {
            var cell = ReadCell(text, separator, ref position, ref line, ref problem);
            if (cells.Count < MostCells) cells.Add(cell.Trim());
            else problem ??= new(began, StaffFaults.TooManyCells(MostCells));
            if (position < text.Length && text[position++] == separator) continue;
            if (position > 0 && position < text.Length && text[position - 1] == '\r' && text[position] == '\n') position++;
            line++;
            return new CsvRow(began, problem is null ? cells : [], problem is null ? null : problem with { Line = began });
        }
    }

    /// <summary>Ends before the separator, before the end of the line, or at the end of the text.</summary>
    private static string ReadCell(string text, char separator, ref int position, ref int line, ref StaffListError? problem)
    {
        var begin = position;
        if (position >= text.Length || text[position] != '"')
        {
            while (position < text.Length && text[position] != separator && text[position] is not ('\r' or '\n')) position++;
            return Fit(text[begin..position], line, ref problem);
        }
        var cell = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == '\n') line++;
            if (text[position] != '"') cell.Append(text[position]);
            else if (position + 1 < text.Length && text[position + 1] == '"') cell.Append(text[position++]);
            else break;
        }
        if (position >= text.Length) problem ??= new(line, StaffFaults.OpenQuote);
        else position++;
        if (position < text.Length && text[position] != separator && text[position] is not ('\r' or '\n'))
        {
            problem ??= new(line, StaffFaults.TextAfterQuote);
            while (position < text.Length && text[position] != separator && text[position] is not ('\r' or '\n')) position++;
        }
        return Fit(cell.ToString(), line, ref problem);
    }

    private static string Fit(string cell, int line, ref StaffListError? problem)
    {
        if (cell.Length <= LongestCell) return cell;
        problem ??= new(line, StaffFaults.LongCell(LongestCell));
        return "";
    }
}

internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells, StaffListError? Problem);
