using Identity.Domain.Administration;

namespace Identity.Admin.Pages;

/// <summary>The parts of this host, in the order in which they stand at the top. Who may not open one does not see it.</summary>
public static class Sections
{
    public static IReadOnlyList<Section> All { get; } =
    [
        new("/", "nav.work", null),
        new("/apps", "nav.apps", null),
        new("/reviews", "nav.reviews", Permission.ReviewApplications),
        new("/configuration", "nav.configuration", Permission.ReadConfiguration),
        new("/people", "nav.people", Permission.LookUpPeople),
        new("/failures", "nav.failures", Permission.LookUpPeople),
        new("/recoveries", "nav.recoveries", Permission.ApproveRecovery),
        new("/conflicts", "nav.conflicts", Permission.DecideConflicts),
        new("/units", "nav.units", Permission.ReadOrganisations),
        new("/connectors", "nav.connectors", Permission.OperateConnectors),
        new("/keys", "nav.keys", Permission.RotateKeys),
        new("/announcements", "nav.announcements", Permission.Announce),
        new("/roles", "nav.roles", Permission.GiveRoles),
        new("/statistics", "nav.statistics", null),
        new("/audit", "nav.audit", Permission.ReadAudit),
    ];

    public static IEnumerable<Section> For(AdminActor actor) => All.Where(section => section.Permission is not { } needed || actor.MaySomewhere(needed));
}

/// <param name="Permission">Null: everybody who is signed in.</param>
public sealed record Section(string Path, string Text, Permission? Permission)
{
    public bool Holds(PathString path) => Path == "/" ? path == "/" : path.StartsWithSegments(Path);
}
