namespace Identity.Domain.People;

/// <summary>A value as it rests; <see cref="PersonDirectory.Open"/> opens it for its owner's row only.</summary>
public sealed record SealedAttribute(string Name, string SealedValue);
