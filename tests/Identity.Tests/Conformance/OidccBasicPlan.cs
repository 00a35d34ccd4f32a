namespace Identity.Tests.Conformance;

/// <summary><c>oidcc-basic-certification-test-plan</c>: answers come in the query of the redirect.</summary>
public sealed class OidccBasicPlan() : OidccBasicModules(responseMode: null);
