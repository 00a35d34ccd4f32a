using Identity.Domain.People;
using Identity.Domain.Settings;
using Identity.Server.Oidc;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login.Factors;

internal static class FactorSetup
{
    public static IServiceCollection AddFactors(this IServiceCollection services)
    {
        services.AddSettings<PasskeyOptions>(PasskeyOptions.Section);
        services.AddSingleton<IValidateOptions<PasskeyOptions>, Soundness>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PasskeyOptions>, IOptions<OidcOptions>>(Configure);
        services.AddScoped<IPasskeyHandler<LocalAccount>, PasskeyHandler<LocalAccount>>();
        services.AddScoped<PasskeyCeremony>().AddScoped<PasskeySignIn>().AddScoped<StepUp>().AddScoped<TypedCodes>().AddScoped<CodeByMail>();
        return services.AddScoped<FactorOutcomes>().AddScoped<Recovery>().AddScoped<SecondFactorFacts>();
    }

    // Never from the Host header; user verification always, since without it a passkey is one factor and not two.
    private static void Configure(IdentityPasskeyOptions passkeys, IOptions<PasskeyOptions> own, IOptions<OidcOptions> oidc)
    {
        var origins = PasskeyOptions.OriginsOf(own.Value, oidc.Value);
        passkeys.ServerDomain = PasskeyOptions.RelyingPartyIdOf(own.Value, oidc.Value);
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.AuthenticatorTimeout = TimeSpan.FromMinutes(3);
        passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && origins.Contains(context.Origin, StringComparer.Ordinal));
    }

    private sealed class Soundness(IOptions<OidcOptions> oidc) : IValidateOptions<PasskeyOptions>
    {
        public ValidateOptionsResult Validate(string? name, PasskeyOptions options) => PasskeyOptions.IsSound(options, oidc.Value)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Passkeys:RelyingPartyId: write the issuer's host or a domain above it, and in Passkeys:Origins whole origins within it (https://dangnhap.anbinh.gov.vn)");
    }
}
