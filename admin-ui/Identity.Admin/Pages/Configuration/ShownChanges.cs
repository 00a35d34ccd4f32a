using Identity.Domain.Configuration;

namespace Identity.Admin.Pages.Configuration;

/// <summary>What the table of changes shows; the kind says which of them are risky.</summary>
public sealed record ShownChanges(string Kind, IReadOnlyList<MemberChange> Changes);
