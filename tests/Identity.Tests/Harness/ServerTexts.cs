namespace Identity.Tests.Harness;

/// <summary>The sentences of the public host.</summary>
internal static class ServerTexts
{
    public static TextCatalog Catalog { get; } = TextCatalog.Load(typeof(Identity.Server.ServerApplication).Assembly);
}
