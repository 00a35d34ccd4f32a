using Identity.Domain.Administration;

namespace Identity.Admin.Access;

/// <summary>What a page asks of whoever opens it. A page that says nothing opens to nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>A page that shows nothing of the province: the way in, errors.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute : Attribute;

/// <summary>A page for everybody who is signed in here.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsSignInAttribute : Attribute;
