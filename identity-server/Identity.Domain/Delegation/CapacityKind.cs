namespace Identity.Domain.Delegation;

/// <summary>The four ways in which a human can stand in front of an application.</summary>
public enum CapacityKind
{
    /// <summary>For nobody but themselves.</summary>
    Citizen = 0,

    /// <summary>For a business, by a standing in it.</summary>
    Representative = 1,

    /// <summary>For a state unit, by a standing in it.</summary>
    Official = 2,

    /// <summary>For a person or a business, by a mandate.</summary>
    Helper = 3,
}
