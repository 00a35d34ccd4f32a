using System.Text;
using Identity.Domain.Organisations;

namespace Identity.Tests.Organisations;

/// <summary>Reading a personnel list: start from a list that is right and break one cell.</summary>
public sealed class StaffListReaderTests
{
    private const string Header = "staff_number,personal_number,mail,name,unit_code,position,from,to,status";
    private const string Good = "CB-001,999168000001,an@mau.example,Nguyễn Thị Ẩn,H99.07,Chuyên viên,2025-07-01,,active";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sound_row_is_read_whole()
    {
        var list = Read($"{Header}\n{Good}");
        Assert.Empty(list.Errors);
        var row = Assert.Single(list.Rows);
        Assert.Equal(("CB-001", "999168000001", "an@mau.example", "Nguyễn Thị Ẩn", "H99.07"), (row.StaffNumber, row.PersonalNumber, row.Mail, row.Name, row.UnitCode));
        Assert.Equal(("Chuyên viên", StaffState.Active, new DateTimeOffset(2025, 6, 30, 17, 0, 0, TimeSpan.Zero)), (row.Position, row.State, row.From));
        Assert.Null(row.To);
    }

    [Theory]
    [InlineData(";", "")]
    [InlineData("\t", "")]
    [InlineData(";", "\uFEFF")]
    public void Any_separator_of_spreadsheets_and_their_byte_order_mark_are_read(string separator, string mark)
    {
        var list = Read(mark + $"{Header}\r\n{Good}\r\n\r\n".Replace(",", separator, StringComparison.Ordinal));
        Assert.Empty(list.Errors);
        Assert.Equal("CB-001", Assert.Single(list.Rows).StaffNumber);
    }

    [Fact]
    public void Vietnamese_column_names_days_and_words_are_read()
    {
        var list = Read("Mã cán bộ;Số định danh;Họ và tên;Mã đơn vị;Từ ngày;Đến ngày;Trạng thái\nCB-001;999168000001;Nguyễn Thị Ẩn;h99.07;01/07/2025;31/12/2026;Tạm đình chỉ");
        Assert.Empty(list.Errors);
        var row = Assert.Single(list.Rows);
        Assert.Equal(("H99.07", StaffState.Suspended), (row.UnitCode, row.State));
        // The last day counts whole.
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero), row.To);
    }

    [Fact]
    public void Quoted_cells_may_hold_separators_quotes_and_line_ends()
    {
        var list = Read($"{Header}\n{Good.Replace("Chuyên viên", "\"Trưởng phòng \"\"Một cửa\"\", phó\"", StringComparison.Ordinal)}\n{Good.Replace("CB-001", "CB-002", StringComparison.Ordinal)}");
        Assert.Empty(list.Errors);
        Assert.Equal("Trưởng phòng \"Một cửa\", phó", list.Rows[0].Position);
        Assert.Equal(3, list.Rows[1].Line);
    }

    [Theory]
    [InlineData("999168000001", "99168000001", "11 digits; a spreadsheet may have dropped the leading zero")]
    [InlineData("999168000001", "9.99168E+11", "rounded figure")]
    [InlineData("999168000001", "999168", "must have 12 digits")]
    [InlineData("999168000001", "99916800000A", "other than digits")]
    [InlineData("999168000001", "003000000000", "personal_number is none")]
    [InlineData("an@mau.example", "a..b@mau.example", "mail is not an address")]
    [InlineData("an@mau.example", "a@mаu.example", "mail is not an address")]
    [InlineData("999168000001,an@mau.example", ",", "mail or personal_number is needed")]
    [InlineData("Nguyễn Thị Ẩn", "", "name is empty")]
    [InlineData("Nguyễn Thị Ẩn", "=HYPERLINK(1)", "begins like a formula")]
    [InlineData("Chuyên viên", "@SUM(A1)", "begins like a formula")]
    [InlineData("Chuyên viên", "+84", "begins like a formula")]
    [InlineData("CB-001", "-1", "staff_number must be")]
    [InlineData("CB-001", "CB 001", "staff_number must be")]
    [InlineData("H99.07", "99.07", "unit_code is not an agency code")]
    [InlineData("2025-07-01", "07/13/2025", "from must be a day")]
    [InlineData("2025-07-01,", "2025-07-01,2025-06-30", "to is before from")]
    [InlineData("active", "gone", "status must be")]
    [InlineData("Nguyễn Thị Ẩn", "Nguyễn\u200BẨn", "zero-width")]
    public void One_wrong_cell_is_named_with_its_line_and_never_repeated(string cell, string wrong, string problem)
    {
        var list = Read($"{Header}\n{Good.Replace(cell, wrong, StringComparison.Ordinal)}\n{Good.Replace("CB-001,999168000001,an@", "CB-002,999090000002,binh@", StringComparison.Ordinal)}");
        var error = Assert.Single(list.Errors);
        Assert.Equal(2, error.Line);
        Assert.Contains(problem, error.Message.En, StringComparison.Ordinal);
        if (wrong.Length > 5) Assert.DoesNotContain(wrong, error.Message.En + error.In("vi"), StringComparison.Ordinal);
        AssertSaidInVietnamese(error);
        Assert.Equal("CB-002", Assert.Single(list.Rows).StaffNumber);
        // Known to be on the list, unless the number itself was what could not be read.
        Assert.Equal(cell != "CB-001", list.Unreadable.Contains("CB-001"));
        Assert.Equal(cell == "CB-001", list.HidesNumbers);
    }

    [Fact]
    public void The_formula_that_keeps_a_leading_zero_means_its_digits() =>
        Assert.Equal("096000000000", Assert.Single(Read($"{Header}\n{Good.Replace("999168000001", "\"=\"\"096000000000\"\"\"", StringComparison.Ordinal)}").Rows).PersonalNumber);

    [Fact]
    public void A_staff_number_twice_and_a_mailbox_of_two_people_are_errors()
    {
        var list = Read($"{Header}\n{Good}\n{Good.Replace("999168000001,an@", "999168000001,khac@", StringComparison.Ordinal)}\n{Good.Replace("CB-001,999168000001", "CB-003,999090000002", StringComparison.Ordinal)}");
        Assert.Equal([3, 4], list.Errors.Select(e => e.Line));
        Assert.Contains("line 2", list.Errors[0].Message.En, StringComparison.Ordinal);
        Assert.Contains("shared mailbox", list.Errors[1].Message.En, StringComparison.Ordinal);
        Assert.Equal("CB-001", Assert.Single(list.Rows).StaffNumber);
    }

    [Fact]
    public void One_human_in_two_posts_may_use_one_mailbox() =>
        Assert.Empty(Read($"{Header}\n{Good}\n{Good.Replace("CB-001", "CB-009", StringComparison.Ordinal).Replace("H99.07", "H99.08", StringComparison.Ordinal)}").Errors);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("name,unit_code,from\nA,H99,2025-01-01", "staff_number is missing")]
    [InlineData("staff_number,name,unit_code,from\n1,A,H99,2025-01-01", "nothing else says who is meant")]
    [InlineData("staff_number,name,unit_code,from,mail,maill\n", "did you mean")]
    [InlineData("staff_number,name,unit_code,from,mail,Mail\n", "for the second time")]
    public void A_file_that_is_no_list_is_refused_as_a_whole(string text, string problem)
    {
        var list = Read(text);
        Assert.Contains(list.Errors, e => e.Message.En.Contains(problem, StringComparison.OrdinalIgnoreCase));
        Assert.All(list.Errors, AssertSaidInVietnamese);
        Assert.Empty(list.Rows);
        Assert.True(list.HidesNumbers);
    }

    [Fact]
    public void What_spreadsheets_save_by_accident_is_named()
    {
        Assert.Contains("UTF-16", StaffListReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header)).ToArray(), Now).Errors[0].Message.En, StringComparison.Ordinal);
        Assert.Contains("workbook", StaffListReader.Read("PK\u0003\u0004"u8, Now).Errors[0].Message.En, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", StaffListReader.Read([.. Encoding.ASCII.GetBytes(Header), 0x0A, 0xC3, 0x28], Now).Errors[0].Message.En, StringComparison.Ordinal);
        Assert.Contains("20 MB", StaffListReader.Read(new byte[CsvTooLarge], Now).Errors[0].Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_hides_what_follows_and_says_so()
    {
        var list = Read($"{Header}\n\"CB-001,999168000001\n{Good}");
        Assert.Contains("never closed", Assert.Single(list.Errors).Message.En, StringComparison.Ordinal);
        Assert.True(list.HidesNumbers);
    }

    [Fact]
    public void A_column_is_called_in_Vietnamese_as_lists_call_it() =>
        Assert.Equal("dòng 1: thiếu cột mã cán bộ", Read("name,unit_code,from,mail\nA,H99,2025-01-01,an@mau.example").Errors[0].In("vi"));

    private static void AssertSaidInVietnamese(StaffListError error)
    {
        Assert.NotEqual(error.In("en"), error.In("vi"));
        Assert.DoesNotContain('{', error.In("vi") + error.In("en"));
    }

    private const int CsvTooLarge = 20 * 1024 * 1024 + 1;

    private static StaffList Read(string text) => StaffListReader.Read(Encoding.UTF8.GetBytes(text), Now);
}
