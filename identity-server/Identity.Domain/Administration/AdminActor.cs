using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Organisations;

namespace Identity.Domain.Administration;

/// <summary>Who stands before the administration host, and what they may do. Read anew with every request, so that a role that ended is over with the next click.</summary>
/// <param name="OfficialUnits">Units that the person is an official of now: for them they may register applications.</param>
public sealed record AdminActor(Guid PersonId, IReadOnlyList<HeldRole> Roles, IReadOnlyList<Guid> OfficialUnits)
{
    internal const string MachinePrefix = "service:";

    /// <summary>The client, when no human being stands here: a machine at the management API. <see cref="PersonId"/> is then empty.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Where less was asked for than the roles give, the rest is out of reach: what the scopes of a machine's token lead to.</summary>
    public IReadOnlySet<Permission>? Only { get; init; }

    /// <summary>Tells callers apart where something is kept for the one who asked: the person, or for a machine an id that follows from its name.</summary>
    public Guid Holder => IsMachine ? IdOf(Name) : PersonId;

    /// <summary>Whom a row of the trail is about when it is about the one who acts; a machine is nobody.</summary>
    public Guid? Human => IsMachine ? null : PersonId;

    /// <summary>As the trail names whoever acted.</summary>
    public string Name => ServiceAccount is { } client ? NameOf(client) : NameOf(PersonId);

    public bool IsMachine => ServiceAccount is not null;

    public static string NameOf(Guid personId) => $"admin:{personId}";

    /// <summary>Of a service account.</summary>
    public static string NameOf(string clientId) => MachinePrefix + clientId;

    public static bool IsMachineName(string name) => name.StartsWith(MachinePrefix, StringComparison.Ordinal);

    /// <summary>In the whole province.</summary>
    public bool May(Permission permission) => IsOwn(permission) || Roles.Any(r => r.UnitId is null && Grants(r, permission));

    /// <summary>Somewhere at least; a list then shows what is within <see cref="Scope"/>.</summary>
    public bool MaySomewhere(Permission permission) => IsOwn(permission) || Roles.Any(r => Grants(r, permission));

    /// <summary>For things of that unit. What belongs to no unit is the province's.</summary>
    public bool May(Permission permission, Guid? unitId, OrgTree tree, DateTimeOffset now) =>
        May(permission) || (unitId is { } unit && Scope(permission, tree, now) is AdminScope.Units within && within.Ids.Contains(unit));

    /// <summary>Which units the permission reaches: all, or those below the agencies that it was given for.</summary>
    public AdminScope Scope(Permission permission, OrgTree tree, DateTimeOffset now)
    {
        if (Roles.Any(r => r.UnitId is null && Grants(r, permission))) return new AdminScope.Province();
        var roots = Roles.Where(r => r.UnitId is not null && Grants(r, permission)).Select(r => r.UnitId!.Value).ToHashSet();
        return new AdminScope.Units(roots.Count == 0 ? [] : tree.Units.Where(u => tree.Path(u.Id, now).Any(above => roots.Contains(above.Id))).Select(u => u.Id).ToHashSet());
    }

    /// <summary>RFC 9562 §5.8, so that it is no id that we give to anything else.</summary>
    private static Guid IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private bool IsOwn(Permission permission) => permission == Permission.OwnApplications && !IsMachine && (OfficialUnits.Count > 0 || Roles.Count > 0);

    private bool Grants(HeldRole held, Permission permission) => AdminRoles.PermissionsOf(held.Role).Contains(permission) && Only?.Contains(permission) != false;
}

/// <param name="UnitId">Null for the whole province.</param>
public sealed record HeldRole(Guid AssignmentId, AdminRole Role, Guid? UnitId, RoleAssignmentKind Kind, DateTimeOffset? ValidUntil);

/// <summary>How far a permission reaches.</summary>
public abstract record AdminScope
{
    private AdminScope() { }
    public sealed record Province : AdminScope;
    public sealed record Units(IReadOnlySet<Guid> Ids) : AdminScope;
}
