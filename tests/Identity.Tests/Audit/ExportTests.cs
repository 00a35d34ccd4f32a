using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Audit;

public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("identity-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M15_An_export_proves_itself_without_the_database(Engine engine)
    {
        AuditManifest manifest;
        await using (var trail = await SealedTrail.StartAsync(engine)) manifest = await ExportAsync(trail);
        var report = await VerifyAsync();
        Assert.Null(report.Fault);
        Assert.Equal((3, manifest.Rows, 0), (report.Blocks, report.Rows, report.Unsealed));
        Assert.Equal(manifest.Head, report.Head);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M15_An_export_of_some_days_begins_in_the_middle_of_the_chain(Engine engine)
    {
        await using var trail = await SealedTrail.StartAsync(engine);
        trail.Provider.Clock!.Advance(TimeSpan.FromDays(3));
        await trail.WriteAsync("token.issued");
        await trail.SealAsync();
        var manifest = await ExportAsync(trail, from: trail.Provider.Clock.GetUtcNow().AddDays(-1));
        Assert.Equal((4, 1), (manifest.FirstBlock, manifest.Rows));
        Assert.Null((await VerifyAsync()).Fault);
        Assert.Null((await trail.VerifyAsync(known: manifest.Head)).Fault);
    }

    [Fact]
    public async Task M15_A_changed_export_is_named()
    {
        await using var trail = await SealedTrail.StartAsync(Engine.Sqlite);
        await ExportAsync(trail);
        var rows = Path.Combine(_folder.FullName, "rows-00001.ndjson");
        var text = await File.ReadAllTextAsync(rows);
        await File.WriteAllTextAsync(rows, text.Replace("\"row 1\"", "\"row 7\"", StringComparison.Ordinal));
        Assert.Equal(new AuditFault(AuditProblem.FileChanged, File: "rows-00001.ndjson"), (await VerifyAsync()).Fault);

        // The manifest is not signed; the blocks are.
        await ForgeManifestAsync(rows, text);
        Assert.Equal(new AuditFault(AuditProblem.RowChanged, 2, trail.Sequences[1]), (await VerifyAsync()).Fault);

        await File.WriteAllTextAsync(rows, text.Replace("\"detail\":\"row 1\"", "\"detail\":[]", StringComparison.Ordinal));
        await ForgeManifestAsync(rows, text);
        Assert.Equal(AuditProblem.RowUnreadable, (await VerifyAsync()).Fault!.Problem);
    }

    private async Task ForgeManifestAsync(string rows, string before)
    {
        var file = Path.Combine(_folder.FullName, AuditManifest.FileName);
        var manifest = await AuditManifest.ReadAsync(file, CancellationToken.None);
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(rows)));
        Assert.NotEmpty(before);
        await File.WriteAllBytesAsync(file, (manifest with { Files = [.. manifest.Files.Select(f => f.Name.StartsWith("rows", StringComparison.Ordinal) ? f with { Sha256 = digest } : f)] }).ToUtf8Bytes());
    }

    private async Task<AuditManifest> ExportAsync(SealedTrail trail, DateTimeOffset? from = null)
    {
        var manifest = await trail.DoAsync(services => services.GetRequiredService<AuditExport>()
            .WriteAsync(from ?? DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30), _folder, CancellationToken.None));
        return manifest!;
    }

    private async Task<AuditReport> VerifyAsync()
    {
        var manifest = await AuditManifest.ReadAsync(Path.Combine(_folder.FullName, AuditManifest.FileName), CancellationToken.None);
        var evidence = new ExportedEvidence(_folder.FullName, manifest);
        return await evidence.FindChangedFileAsync(CancellationToken.None) is { } changed
            ? new() { Fault = changed }
            : await new AuditVerifier(evidence, [], manifest.Head).VerifyAsync(CancellationToken.None);
    }
}
