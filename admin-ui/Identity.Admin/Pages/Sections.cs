using Identity.Domain.Administration;

namespace Identity.Admin.Pages;

/// <summary>The parts of this host, in the order in which they stand at the top. Who may not open one does not see it.</summary>
public static class Sections
{
    public static IReadOnlyList<Section> All { get; } =
    [
        new("/", "nav.work", null),
        new("/configuration", "nav.configuration", Permission.ReadConfiguration),
    ];

    public static IEnumerable<Section> For(AdminActor actor) => All.Where(section => section.Permission is not { } needed || actor.MaySomewhere(needed));
}

/// <param name="Permission">Null: everybody who is signed in.</param>
public sealed record Section(string Path, string Text, Permission? Permission)
{
    public bool Holds(PathString path) => Path == "/" ? path == "/" : path.StartsWithSegments(Path);
}
