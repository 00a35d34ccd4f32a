namespace Identity.Domain.Clients;

/// <summary>Claims that a person may leave out while the service still works: the page before a release offers them unticked.</summary>
public static class OptionalClaims
{
    private static readonly string[] Scopes = ["email", "phone", "address"];

    public static HashSet<string> Of(ClientRegistry registry, IEnumerable<string> scopes) => [.. Scopes.Intersect(scopes).SelectMany(s => registry.FindScope(s)?.Claims ?? [])];
}
