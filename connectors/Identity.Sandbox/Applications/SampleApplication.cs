namespace Identity.Sandbox.Applications;
internal sealed record SampleApplication(string Url) { public static IEnumerable<SampleApplication> All(SandboxOptions o) => [new(o.PortalUrl)]; }
internal sealed class ApplicationSite(SampleApplication a, string authority, TimeProvider clock) { public void Map(RouteGroupBuilder g) { _ = a; _ = authority; _ = clock; _ = g; } }
