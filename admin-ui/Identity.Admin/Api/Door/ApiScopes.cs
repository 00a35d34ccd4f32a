using Identity.Domain.Administration;

namespace Identity.Admin.Api;

/// <summary>The one table of what a scope leads to. What a caller may do is what both its scopes and its roles allow.</summary>
public static class ApiScopes
{
    public const string ReadConfiguration = "admin.configuration.read";
    public const string Configuration = "admin.configuration";
    public const string Organisations = "admin.organisations";

    public const string Roles = "admin.roles";
    public const string Audit = "admin.audit";
    public const string People = "admin.people";
    public const string Announcements = "admin.announcements";
    public const string Connectors = "admin.connectors";
    public const string Keys = "admin.keys";
    public const string Statistics = "admin.statistics";
    public const string Applications = "admin.applications";
    public const string WriteApplications = "admin.applications.write";

    private static readonly Dictionary<string, Permission[]> Table = new(StringComparer.Ordinal)
    {
        [ReadConfiguration] = [Permission.ReadConfiguration],
        [Configuration] = [Permission.ReadConfiguration, Permission.ChangeConfiguration, Permission.ApproveConfiguration],
        [Organisations] = [Permission.ReadOrganisations, Permission.ChangeOrganisations],
        [Roles] = [Permission.GiveRoles],
        [Audit] = [Permission.ReadAudit],
        [People] = [Permission.LookUpPeople, Permission.ActOnPeople, Permission.ApproveRecovery, Permission.DecideConflicts],
        [Announcements] = [Permission.Announce],
        [Connectors] = [Permission.OperateConnectors],
        [Keys] = [Permission.RotateKeys],
        [Statistics] = [Permission.ReadStatistics],
        [Applications] = [Permission.ReadApplications, Permission.ReviewApplications],
        [WriteApplications] = [Permission.ReadApplications, Permission.OwnApplications],
    };

    public static IReadOnlyCollection<string> All => Table.Keys;

    public static IReadOnlySet<Permission> PermissionsOf(IEnumerable<string> scopes) => scopes.Where(Table.ContainsKey).SelectMany(scope => Table[scope]).ToHashSet();

    /// <summary>Any of these opens an operation that needs the permission, and every one an operation that needs none of its own.</summary>
    public static IEnumerable<string> ThatReach(Permission? permission) => Table.Where(row => permission is not { } needed || row.Value.Contains(needed)).Select(row => row.Key);
}
