using System.Reflection;

namespace Identity.Tests.Conformance;

/// <summary>The plans have exactly the modules of the certification suite: none forgotten, none invented.</summary>
public sealed class ModuleNamesTests
{
    private const string Config = "oidcc-discovery-endpoint-verification";

    private const string Basic = """
        oidcc-server oidcc-response-type-missing oidcc-idtoken-signature oidcc-idtoken-unsigned
        oidcc-userinfo-get oidcc-userinfo-post-header oidcc-userinfo-post-body
        oidcc-ensure-request-without-nonce-succeeds-for-code-flow
        oidcc-scope-profile oidcc-scope-email oidcc-scope-address oidcc-scope-phone oidcc-scope-all
        oidcc-alternate-happy-flow oidcc-display-page oidcc-display-popup
        oidcc-prompt-login oidcc-prompt-none-not-logged-in oidcc-prompt-none-logged-in oidcc-max-age-1 oidcc-max-age-10000
        oidcc-ensure-request-with-unknown-parameter-succeeds oidcc-id-token-hint oidcc-login-hint oidcc-ui-locales oidcc-claims-locales
        oidcc-ensure-request-with-acr-values-succeeds oidcc-codereuse oidcc-codereuse-30seconds
        oidcc-ensure-registered-redirect-uri oidcc-ensure-post-request-succeeds oidcc-server-client-secret-post
        oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported
        oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported
        oidcc-claims-essential oidcc-ensure-request-object-with-redirect-uri oidcc-refresh-token
        oidcc-ensure-request-with-valid-pkce-succeeds
        """;

    private const string RpInitiatedLogout = """
        oidcc-rp-initiated-logout-discovery-endpoint-verification oidcc-rp-initiated-logout
        oidcc-rp-initiated-logout-bad-post-logout-redirect-uri oidcc-rp-initiated-logout-modified-id-token-hint
        oidcc-rp-initiated-logout-no-id-token-hint oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri
        oidcc-rp-initiated-logout-bad-id-token-hint oidcc-rp-initiated-logout-no-params
        oidcc-rp-initiated-logout-no-post-logout-redirect-uri oidcc-rp-initiated-logout-only-state oidcc-rp-initiated-logout-no-state
        """;

    private const string Backchannel = "oidcc-backchannel-logout-discovery-endpoint-verification oidcc-backchannel-rp-initiated-logout";

    [Theory]
    [InlineData(typeof(OidccConfigPlan), Config, 1)]
    [InlineData(typeof(OidccBasicPlan), Basic, 38)]
    [InlineData(typeof(OidccFormpostBasicPlan), Basic, 38)]
    [InlineData(typeof(OidccRpInitiatedLogoutPlan), RpInitiatedLogout, 11)]
    [InlineData(typeof(OidccBackchannelPlan), Backchannel, 2)]
    public void Every_module_of_the_plan_is_a_test_of_that_name(Type plan, string modules, int count)
    {
        var expected = modules.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count, expected.Length);

        var tests = plan.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null });
        Assert.Equal(expected.Order(), tests.Select(m => m.Name.Replace('_', '-')).Order());
    }
}
