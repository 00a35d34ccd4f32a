namespace Identity.Tests.Conformance;

/// <summary><c>oidcc-formpost-basic-certification-test-plan</c>: the same modules, answers come as a form.</summary>
public sealed class OidccFormpostBasicPlan() : OidccBasicModules(responseMode: "form_post");
