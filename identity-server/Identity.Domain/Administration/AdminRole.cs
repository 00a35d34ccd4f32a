namespace Identity.Domain.Administration;

/// <summary>What somebody is trusted with. A role is a sentence that can be read aloud (<c>role.*</c> of the texts), and a fixed list of permissions.</summary>
public enum AdminRole
{
    /// <summary>Runs the province's sign-on: every setting, every role.</summary>
    Administrator = 0,

    /// <summary>Judges requests for production and risky changes; never their own.</summary>
    Reviewer = 1,

    /// <summary>Helps people who cannot get in.</summary>
    HelpDesk = 2,

    /// <summary>Answers for one agency and everything below it, and sees nothing beside it.</summary>
    AgencyAdministrator = 3,

    /// <summary>Reads and proves what happened; changes nothing.</summary>
    Auditor = 4,

    /// <summary>Keeps connectors, keys and announcements in order.</summary>
    Operator = 5,
}

/// <summary>What a page or an operation asks for. Every page and every operation names exactly one.</summary>
public enum Permission
{
    /// <summary>Register applications for one's own unit and work on those that one belongs to. Everybody with an official door has it; a machine has it by its role, as far as that reaches.</summary>
    OwnApplications,
    ReadApplications,
    ReviewApplications,
    ReadConfiguration,
    ChangeConfiguration,
    ApproveConfiguration,
    LookUpPeople,
    ActOnPeople,
    DecideConflicts,
    ApproveRecovery,
    ReadOrganisations,
    ChangeOrganisations,
    OperateConnectors,
    RotateKeys,
    Announce,
    GiveRoles,
    ReadAudit,
    ReadStatistics,
}

/// <summary>The one table of who may do what.</summary>
public static class AdminRoles
{
    private static readonly Permission[] ForAgency =
    [
        Permission.OwnApplications, Permission.ReadApplications, Permission.LookUpPeople, Permission.ActOnPeople, Permission.ApproveRecovery, Permission.ReadOrganisations,
        Permission.ChangeOrganisations, Permission.GiveRoles, Permission.ReadAudit, Permission.ReadStatistics,
    ];

    private static readonly Dictionary<AdminRole, Permission[]> Table = new()
    {
        [AdminRole.Administrator] = Enum.GetValues<Permission>(),
        [AdminRole.Reviewer] = [Permission.ReadApplications, Permission.ReviewApplications, Permission.ReadConfiguration, Permission.ApproveConfiguration, Permission.ReadStatistics],
        [AdminRole.HelpDesk] = [Permission.LookUpPeople, Permission.ActOnPeople, Permission.DecideConflicts, Permission.ApproveRecovery, Permission.ReadOrganisations],
        [AdminRole.AgencyAdministrator] = ForAgency,
        [AdminRole.Auditor] = [Permission.ReadAudit, Permission.ReadConfiguration, Permission.ReadApplications, Permission.ReadOrganisations, Permission.ReadStatistics],
        [AdminRole.Operator] = [Permission.OperateConnectors, Permission.RotateKeys, Permission.Announce, Permission.ReadConfiguration, Permission.ReadStatistics],
    };

    public static IReadOnlyList<Permission> PermissionsOf(AdminRole role) => Table[role];

    /// <summary>
    /// What a standing holder may be for some hours: somebody who keeps the machinery in order may have to change more of it at night.
    /// Everybody else asks whoever holds the role.
    /// </summary>
    public static AdminRole? ElevationOf(AdminRole role) => role == AdminRole.Operator ? AdminRole.Administrator : null;

    /// <summary>Whoever holds it can give every other one, and undo what others decided. So nobody gives it alone.</summary>
    public static bool NeedsSecondPerson(AdminRole role) => role == AdminRole.Administrator;

    /// <summary>Whether the role means something for one agency alone; the others are the whole province's.</summary>
    public static bool IsForAgency(AdminRole role) => role == AdminRole.AgencyAdministrator;
}
