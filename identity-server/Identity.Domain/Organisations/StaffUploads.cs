using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// A personnel list from a browser: read, held against what is stored, and imported when somebody has seen what it would do. An agency has
/// a list of its own, under its code, which cannot name a unit outside its tree.
/// </summary>
public sealed class StaffUploads(IdentityDb db, StaffImport import, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    /// <summary>More would keep a browser waiting for minutes; the command has the time.</summary>
    public const int MostChanges = 5_000;

    /// <summary>The lists that the actor may import, by the name of their source.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync(AdminActor actor, CancellationToken ct)
    {
        if (actor.May(Permission.ChangeOrganisations))
            return [.. (await db.StaffRecords.Select(r => r.Source).Distinct().ToListAsync(ct)).Append(AffiliationSource.HumanResources).Distinct().Order(StringComparer.Ordinal)];
        var tree = await OrgTree.LoadAsync(db, ct);
        return [.. actor.Roles.Where(r => r.UnitId is not null && AdminRoles.PermissionsOf(r.Role).Contains(Permission.ChangeOrganisations)).Select(r => tree.Unit(r.UnitId)).OfType<OrgUnit>().Select(SourceOf)];
    }

    /// <summary>Null when the list is not the actor's to import.</summary>
    public async Task<StaffPreview?> UploadAsync(AdminActor actor, string source, byte[] file, bool onlyChanges, CancellationToken ct)
    {
        if (!(await SourcesAsync(actor, ct)).Contains(source) || file.Length > StaffUpload.LargestFile) return null;
        var upload = new StaffUpload { ActorId = actor.Holder, Source = source, OnlyChanges = onlyChanges, ExpiresAt = clock.GetUtcNow() + StaffUpload.Lifetime };
        upload.SealedFile = vault.Seal(VaultPurpose.StaffUpload, upload.Id.ToString(), Convert.ToBase64String(file));
        db.StaffUploads.Add(upload);
        var preview = await PreviewAsync(actor, upload, file, ct);
        audit.Add("staff.list_uploaded", detail: $"{source} {upload.Id} changes={preview.Changes} errors={preview.Plan.Errors.Count}");
        await db.SaveChangesAsync(ct);
        return preview;
    }

    /// <summary>The same again, judged anew; null for another's upload and one that is over.</summary>
    public async Task<StaffPreview?> FindAsync(AdminActor actor, Guid id, CancellationToken ct) =>
        await OwnAsync(actor, id, ct) is { } upload ? await PreviewAsync(actor, upload, FileOf(upload), ct) : null;

    /// <summary>Null for another's upload and one that is over, or used.</summary>
    public async Task<StaffImportOutcome?> ConfirmAsync(AdminActor actor, Guid id, bool allowManyLeavers, bool skipErrors, CancellationToken ct)
    {
        if (await OwnAsync(actor, id, ct) is not { } upload || !(await SourcesAsync(actor, ct)).Contains(upload.Source)) return null;
        var list = await ReadAsync(actor, FileOf(upload), ct);
        var plan = await import.PreviewAsync(upload.Source, list, upload.OnlyChanges, ct);
        if (StaffPreview.Count(plan) > MostChanges) return null;
        var outcome = await import.ApplyAsync(upload.Source, list, new() { OnlyChanges = upload.OnlyChanges, AllowManyLeavers = allowManyLeavers, SkipErrors = skipErrors }, ct);
        if (outcome is not StaffImportOutcome.Applied applied) return outcome;
        await db.StaffUploads.Where(u => u.Id == id).ExecuteDeleteAsync(ct);
        db.ChangeTracker.Clear();
        audit.Add("staff.list_imported", detail: $"{upload.Source} {id} changes={StaffPreview.Count(applied.Plan)}");
        await db.SaveChangesAsync(ct);
        return outcome;
    }

    private async Task<StaffPreview> PreviewAsync(AdminActor actor, StaffUpload upload, byte[] file, CancellationToken ct) =>
        new(upload.Id, upload.Source, await import.PreviewAsync(upload.Source, await ReadAsync(actor, file, ct), upload.OnlyChanges, ct));

    /// <summary>Rows that name a unit outside the actor's tree are wrong, whatever else they say.</summary>
    private async Task<StaffList> ReadAsync(AdminActor actor, byte[] file, CancellationToken ct)
    {
        var (now, list) = (clock.GetUtcNow(), StaffListReader.Read(file, clock.GetUtcNow()));
        if (actor.May(Permission.ChangeOrganisations)) return list;
        var tree = await OrgTree.LoadAsync(db, ct);
        var foreign = list.Rows.Where(r => tree.Find(r.UnitCode, now) is { } unit && !actor.May(Permission.ChangeOrganisations, unit.Id, tree, now)).ToList();
        return list with
        {
            Rows = [.. list.Rows.Except(foreign)],
            Errors = [.. list.Errors.Concat(foreign.Select(r => new StaffListError(r.Line, StaffFaults.UnitOfOthers(StaffListReader.TitleOf("unit_code"), r.UnitCode)))).OrderBy(e => e.Line)],
            Unreadable = list.Unreadable.Concat(foreign.Select(r => r.StaffNumber)).ToHashSet(StringComparer.Ordinal),
        };
    }

    private async Task<StaffUpload?> OwnAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.StaffUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.ActorId == actor.Holder && u.ExpiresAt > now, ct);
    }

    private byte[] FileOf(StaffUpload upload) => Convert.FromBase64String(vault.Open(VaultPurpose.StaffUpload, upload.Id.ToString(), upload.SealedFile));

    private static string SourceOf(OrgUnit unit) => $"{AffiliationSource.HumanResources}-{unit.Code.ToLowerInvariant().Replace('.', '-')}";
}

public sealed record StaffPreview(Guid UploadId, string Source, StaffPlan Plan)
{
    public int Changes => Count(Plan);

    public static int Count(StaffPlan plan) => plan.Changes.Count - plan.Count(StaffChangeKind.Unchanged);
}
