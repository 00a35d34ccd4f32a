namespace Identity.Server.Pages;

/// <summary>The protocol's own words, folded away: for the people who run the application, not for the person signing in.</summary>
public sealed record TechnicalDetails(string Code, string? Description = null);
