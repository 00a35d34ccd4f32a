namespace Identity.Domain.Organisations;

/// <summary>
/// What a unit was called, by which code and below whom, in a span of time that is over. The unit itself carries today's; its id, and
/// with it what applications know it by, outlives every name.
/// </summary>
public sealed class OrgUnitVersion
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid UnitId { get; init; }
    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public Guid? ParentId { get; init; }
    public DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset ValidTo { get; init; }
}
