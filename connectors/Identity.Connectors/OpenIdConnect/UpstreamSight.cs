namespace Identity.Connectors.OpenIdConnect;

/// <summary>What an upstream publishes at this moment, as digests to compare with the last ones.</summary>
/// <param name="Metadata">Of the addresses that we use, wherever they are written.</param>
/// <param name="Problem">For operators, when there is no digest.</param>
public sealed record UpstreamSight(string? Metadata, string? Keys, string? Problem);
