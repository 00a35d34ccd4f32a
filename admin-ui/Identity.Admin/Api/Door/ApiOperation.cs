using Identity.Domain.Administration;

namespace Identity.Admin.Api;

/// <summary>What every operation says of itself: who may ask, and with what.</summary>
/// <param name="Permission">None where whatever a scope and a role both allow is enough to ask, and decides what is answered.</param>
/// <param name="Query">Names that may stand in the query; any other one is refused.</param>
public sealed record ApiOperation(Permission? Permission, params string[] Query)
{
    /// <summary>A write that names the version it was made from.</summary>
    public bool NeedsIfMatch { get; init; }

    /// <summary>Its answer is about a person, or holds a secret that is given once: nothing of it is kept, so it takes no <c>Idempotency-Key</c>.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>It may be creation: then <c>If-None-Match: *</c> stands for the version.</summary>
    public bool MayCreate { get; init; }
}
