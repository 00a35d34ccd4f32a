using Identity.Connectors.Ldap;
using Identity.Protocols.Federation;
using static Identity.Tests.Connectors.MailServers;

namespace Identity.Tests.Connectors;

[Collection(MailServersCollection.Name)]
public sealed class LdapDirectoryTests(MailServers servers)
{
    [Fact]
    public async Task Every_mailbox_comes_once_whatever_the_size_of_a_page()
    {
        var whole = await ReadAsync(servers.Ldap, 100);
        var byTwos = await ReadAsync(servers.Ldap, 2);
        Assert.Null(whole.Failed);
        Assert.Null(byTwos.Failed);
        Assert.True(byTwos.Pages > 2);
        Assert.Equal(whole.Entries.Select(e => e.Id).Order(), byTwos.Entries.Select(e => e.Id).Order());
        Assert.Equal(whole.Entries.Count, whole.Entries.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task An_entry_says_what_a_comparison_needs()
    {
        var (entries, _, _) = await ReadAsync(servers.Ldap, 100);
        var person = entries.Single(e => e.EmployeeNumber == "CB0001");
        Assert.Equal(("nva@mau.example", "Nguyễn Văn An", "Phòng Một cửa", "Chuyên viên"), (person.Mail, person.Name, person.OrganisationUnit, person.JobTitle));
        Assert.Equal((false, false), (person.IsDisabled, person.IsShared));
        Assert.Equal(DateTimeOffset.UtcNow, person.ModifiedAt!.Value, TimeSpan.FromHours(2));
        Assert.Equal(Proved(await AskAsync(servers.LdapConnector(), "nva@mau.example", "nva-secret")).Subject, person.Id);
        Assert.True(entries.Single(e => e.Mail == "nghi@mau.example").IsDisabled);
        Assert.True(entries.Single(e => e.Mail == "khoa@mau.example").IsDisabled);
        Assert.True(entries.Single(e => e.Mail == "vanphong@mau.example").IsShared);
    }

    [Fact]
    public async Task A_list_that_breaks_off_says_so()
    {
        Assert.Equal(UpstreamFailure.Refused, (await ReadAsync(servers.Ldap with { BindPassword = "old" }, 100)).Failed!.Why);
        Assert.Equal(UpstreamFailure.Refused, (await ReadAsync(servers.Ldap with { SearchBase = $"ou=khong-co,{LdapBase}" }, 100)).Failed!.Why);
        Assert.Equal(UpstreamFailure.CertificateUntrusted, (await ReadAsync(servers.Ldap with { CaFiles = [] }, 100)).Failed!.Why);
    }

    private static async Task<(List<DirectoryEntry> Entries, int Pages, UpstreamOutcome.Failed? Failed)> ReadAsync(LdapConnectorSettings settings, int pageSize)
    {
        var entries = new List<DirectoryEntry>();
        var pages = 0;
        var failed = await new LdapDirectory(settings, TimeProvider.System).ReadAsync(pageSize, (page, _) =>
        {
            pages++;
            entries.AddRange(page);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return (entries, pages, failed);
    }
}
