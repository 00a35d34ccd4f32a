using Identity.Domain.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Identity.Server.Http;
using Identity.Server.Login.Factors;
using Identity.Server.Oidc;

namespace Identity.Server.Login;

public static class LoginSetup
{
    public static WebApplicationBuilder AddLogin(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<SessionOptions>("Session");
        app.Services.AddSettings<LoginOptions>("Login").Validate(
            o => o.SharedNetworks.All(n => System.Net.IPNetwork.TryParse(n, out _)), "Login:SharedNetworks takes networks like 10.1.2.0/24.");
        app.Services.Configure<MvcOptions>(o => o.Filters.Add<SharedComputerMark>());
        app.Services.AddSingleton<BrowserCookies>().AddSingleton<FirstContact>().AddSingleton<UpstreamTrips>().AddSingleton<PasswordLane>();
        app.Services.AddScoped<SignInEnds>().AddScoped<LinkingTrip>().AddScoped<LinkingPages>().AddScoped<RecordHints>().AddScoped<FreshProof>();
        app.Services.AddScoped<LoginSession>().AddScoped<ParkedRequests>().AddScoped<LoginProblems>().AddScoped<ReleaseMemory>().AddScoped<CapacityDesk>();
        app.Services.AddScoped<FederatedSignIn>().AddScoped<LocalSignIn>().AddScoped<AttemptLimit>().AddScoped<KnownDevice>().AddScoped<BounceWatch>().AddScoped<SignInPages>();
        app.Services.AddScoped<MailSignIn>().AddScoped<MailAttempts>().AddSingleton<MailServers>();
        app.Services.AddFactors();
        app.Services.AddOptions<AntiforgeryOptions>().Configure<IOptions<OidcOptions>>((form, oidc) =>
        {
            // X-Frame-Options is written for every page by SecurityHeaders.
            form.SuppressXFrameOptionsHeader = true;
            if (new Uri(oidc.Value.Issuer).Scheme != Uri.UriSchemeHttps) return;
            form.Cookie.Name = "__Host-form";
            form.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        });
        return app;
    }

    public static WebApplication MapLogin(this WebApplication app)
    {
        var forms = app.MapGroup("/login/{request}").AddEndpointFilter<FormTokenFilter>();
        forms.MapPost("/start/{connector}", LoginEndpoints.StartAsync);
        forms.MapPost("/password", AnswerEndpoints.PasswordAsync);
        forms.MapPost("/mail", MailEndpoints.AddressAsync);
        forms.MapPost("/mail/password", MailEndpoints.PasswordAsync);
        forms.MapPost("/cancel", AnswerEndpoints.CancelAsync);
        forms.MapPost("/shared", AnswerEndpoints.SharedAsync);
        forms.MapPost("/switch", AnswerEndpoints.SwitchAsync);
        forms.MapPost("/acting-for", CapacityEndpoints.ChooseAsync);
        forms.MapPost("/acting-for/retry", CapacityEndpoints.RetryAsync);
        forms.MapPost("/first", LoginEndpoints.ConfirmFirstAsync);
        forms.MapPost("/confirm", LoginEndpoints.ConfirmOwnershipAsync);
        forms.MapPost("/release", AnswerEndpoints.ReleaseAsync);
        FactorEndpoints.Map(forms);
        app.MapGet("/login/{request}/continue", LoginEndpoints.ContinueAsync);
        app.MapGet($"{LoginEndpoints.CallbackPath}/{{connector}}", LoginEndpoints.CallbackAsync);
        return app;
    }

    /// <summary>Login CSRF (L11): a form that this browser did not get from us leads to the page again, where it can be sent properly; never a bare 400.</summary>
    private sealed class FormTokenFilter(IAntiforgery antiforgery) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
            await IsOurFormAsync(context.HttpContext)
                ? await next(context)
                : Results.Extensions.SeeOther(LoginAddress.Chooser(context.HttpContext.GetRouteValue("request")!.ToString()!));

        private async Task<bool> IsOurFormAsync(HttpContext http)
        {
            try
            {
                return await antiforgery.IsRequestValidAsync(http);
            }
            catch (AntiforgeryValidationException)
            {
                // A body that cannot be read as a form at all.
                return false;
            }
        }
    }
}
