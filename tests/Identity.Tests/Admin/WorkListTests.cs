using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Domain.Factors;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;

namespace Identity.Tests.Admin;

/// <summary>The first page says who waits for the one who reads it, and nothing that they cannot do (ux.md §9, V1).</summary>
public sealed class WorkListTests
{
    [Fact]
    public async Task Whoever_waits_for_a_second_person_stands_in_one_line_and_ones_own_requests_in_none()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var (now, unit, person) = (DateTimeOffset.UtcNow, await admin.UnitAsync(OperatingStage.Agency), await admin.Provider.CitizenAsync("096168000177", "1968-09-05"));
        await admin.SaveAsync(db =>
        {
            foreach (var by in (string[])[AdminActor.NameOf(visitor.PersonId), AdminActor.NameOf(person)])
                db.ConfigurationProposals.Add(new ConfigurationProposal { Kind = ConfigurationStore.ClientKind, Name = by[..8], Document = "{}", Reason = "test", ProposedBy = by, ProposedAt = now });
            foreach (var by in (Guid[])[visitor.PersonId, person])
            {
                db.RecoveryAids.Add(new RecoveryAid { PersonId = by, CaseNumber = "12/2026", RequestedBy = by, RequestedAt = now, ExpiresAt = now.AddHours(20) });
                var application = new Application { UnitId = unit, NameVi = "Mẫu", NameEn = "Sample", SandboxClientId = $"sandbox-{by}", CreatedAt = now, CreatedBy = "test" };
                db.Applications.Add(application);
                db.ProductionRequests.Add(new ProductionRequest { ApplicationId = application.Id, SandboxVersion = 1, RequestedBy = by, RequestedAt = now, DueAt = now.AddDays(-1), ClientId = "mau", ProposalDigest = "", RedirectUris = "", Contact = "an@mau.example" });
            }
            db.AuditEvents.Add(new AuditEvent { At = now, Name = AuditChecks.Verified, Reason = "RowsChanged" });
        });

        var work = await visitor.OpenAsync("/");

        foreach (var line in (string[])["Khẩn 1 yêu cầu vận hành chờ xét duyệt", "1 đề nghị thay đổi cấu hình chờ người thứ hai", "1 yêu cầu khôi phục chờ người quản trị thứ hai", "Lần kiểm tra gần nhất thấy nhật ký đã bị can thiệp"])
            Assert.Contains(line, work.Text, StringComparison.Ordinal);
        foreach (var link in work.Document.QuerySelectorAll(".todo a")) await visitor.OpenAsync(link.GetAttribute("href")!);
    }
}
