using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>How the sandbox signs in, section by section. Production follows by a request, never by a form.</summary>
public sealed class ApplicationSettings(ApplicationAccess access, ClientDocuments documents, ClientRegistry registry, AuditTrail audit)
{
    public Task<ApplicationOutcome> ChangeUseAsync(AdminActor actor, Guid id, int version, UseOfApplication use, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Develop, async reached =>
    {
        if (use.PeoplePerMonth < 0 || use.PeoplePerHour < 0) return ApplicationRefusal.NumberIsWrong;
        var application = reached.Application;
        var before = (application.PeoplePerMonth, application.PeoplePerHour);
        (application.PeoplePerMonth, application.PeoplePerHour) = (use.PeoplePerMonth, use.PeoplePerHour);
        var outcome = await WriteAsync(reached, version, "application.use", client => client with
        {
            AcceptsCapacities = use.Capacities,
            MinimumRepresentation = use.Capacities.Any(c => c != CapacityKind.Citizen) ? client.MinimumRepresentation : RepresentationStrength.None,
            AcceptsReadOnly = client.AcceptsReadOnly && use.Capacities.Contains(CapacityKind.Representative),
            MinimumByCapacity = client.MinimumByCapacity.Where(m => use.Capacities.Contains(m.Key)).ToDictionary(),
        }, ct);
        if (outcome is not ApplicationOutcome.Refused { Why: ApplicationRefusal.NothingToChange } || before == (use.PeoplePerMonth, use.PeoplePerHour)) return outcome;
        audit.Add("application.numbers_changed", personId: actor.Human, clientId: application.SandboxClientId, detail: $"{id}");
        return new ApplicationOutcome.Done(id);
    }, ct);

    /// <summary>Attributes with the reason for each; scopes are those that carry them. In the sandbox nobody has to approve a scope: there is nobody's data.</summary>
    public Task<ApplicationOutcome> ChangeNeedsAsync(AdminActor actor, Guid id, int version, NeedsOfApplication needs, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Develop, reached =>
        WriteAsync(reached, version, "application.needs", client => needs.On(client, registry), ct), ct);

    public Task<ApplicationOutcome> ChangeSignInAsync(AdminActor actor, Guid id, int version, SignInOfApplication settings, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Develop, reached =>
        settings.SecretMethod is not (null or ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost) ? Task.FromResult<ApplicationOutcome>(ApplicationRefusal.WrongMethod) :
        WriteAsync(reached, version, "application.sign_in", client => client with
        {
            RedirectUris = settings.RedirectUris,
            PostLogoutRedirectUris = settings.PostLogoutRedirectUris,
            BackchannelLogoutUri = settings.BackchannelLogoutUri,
            BackchannelLogoutSessionRequired = settings.BackchannelLogoutUri is not null,
            InitiateLoginUri = settings.InitiateLoginUri,
            Launcher = settings.InitiateLoginUri is not null,
            MinimumAcrLevel = settings.MinimumLevel,
            TokenEndpointAuthMethod = settings.SecretMethod is { } method && client.Secrets.Count > 0 ? method : client.TokenEndpointAuthMethod,
        }, ct), ct);

    /// <summary>What people read about it: on the sign-in page, on the page about their data, in the launcher.</summary>
    public Task<ApplicationOutcome> ChangeWordsAsync(AdminActor actor, Guid id, int version, WordsOfApplication words, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Develop, reached =>
    {
        (reached.Application.NameVi, reached.Application.NameEn) = (words.Name.Vi, words.Name.En);
        return WriteAsync(reached, version, "application.words", words.On, ct);
    }, ct);

    /// <param name="logo">Null takes it away.</param>
    public Task<ApplicationOutcome> ChangeLogoAsync(AdminActor actor, Guid id, int version, ClientLogo? logo, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Develop, reached =>
        WriteAsync(reached, version, "application.logo", client => client with { Logo = logo }, ct), ct);

    private async Task<ApplicationOutcome> WriteAsync(ReachedApplication reached, int version, string reason, Func<Client, Client> change, CancellationToken ct)
    {
        var clientId = reached.Application.SandboxClientId;
        if (await documents.FindAsync(clientId, ct) is not { } stored) return ApplicationRefusal.NotThere;
        return await documents.WriteAsync(change(stored.Client), version, reason, reached.Actor.Name, ct) ?? new ApplicationOutcome.Done(reached.Application.Id);
    }
}

public sealed record UseOfApplication(IReadOnlyList<CapacityKind> Capacities, int? PeoplePerMonth, int? PeoplePerHour);

public sealed record NeedsOfApplication(IReadOnlyList<string> Scopes, IReadOnlyList<AttributeRelease> Release, LocalizedText? Retention)
{
    /// <summary>The client as it would be with them; a preview shows it before anything is written.</summary>
    public Client On(Client client, ClientRegistry registry) => client with
    {
        Scopes = Scopes,
        ApprovedScopes = [.. Scopes.Where(s => registry.FindScope(s) is { ApprovalRequired: true })],
        Resources = [.. registry.Document.Resources.Where(r => r.Scopes.Any(Scopes.Contains)).Select(r => r.Name)],
        GrantTypes = client.Allows(GrantType.AuthorizationCode)
            ? [GrantType.AuthorizationCode, .. Scopes.Contains(Scope.OfflineAccess) ? [GrantType.RefreshToken] : Array.Empty<GrantType>()]
            : client.GrantTypes,
        Release = Release,
        Retention = Retention,
    };
}

/// <param name="SecretMethod">How the secret is sent; null leaves it as it is.</param>
public sealed record SignInOfApplication(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, int MinimumLevel, ClientAuthenticationMethod? SecretMethod)
{
    public string? BackchannelLogoutUri { get; init; }
    public string? InitiateLoginUri { get; init; }
}

public sealed record WordsOfApplication(LocalizedText Name, LocalizedText Purpose, LocalizedText? Description, string? PolicyUri)
{
    /// <summary>The client as it would be with them; a preview shows it before anything is written.</summary>
    public Client On(Client client) => client with { ClientName = Name, Purpose = Purpose, Description = Description, PolicyUri = PolicyUri };
}
