using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Identity.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Organisations;

/// <summary>Asks the registers and has the Domain write down what they say. A register that does not answer changes nothing.</summary>
public sealed class RegisterDesk(IServiceScopeFactory scopes, ConnectorCatalog connectors, ClientRegistry registry, ServerMeter meter, TimeProvider clock)
{
    /// <summary>
    /// Which organisations the person stands for, asked now: for a page where they wait and for its "try again". Bound it by
    /// <paramref name="ct"/>; what has been answered by then is kept.
    /// </summary>
    public async Task<RegisterVisit> AskAboutAsync(Guid personId, CancellationToken ct)
    {
        var visit = RegisterVisit.NobodyToAsk;
        foreach (var register in Registers())
        {
            var one = await AskAboutAsync(personId, register, ct);
            if (one > visit) visit = one;
        }
        return visit;
    }

    /// <summary>The same after a sign-in, when it is time.</summary>
    public async Task AskWhenDueAsync(Guid personId, CancellationToken ct)
    {
        foreach (var register in Registers())
        {
            await using var scope = NewScope();
            if (await scope.ServiceProvider.GetRequiredService<RegisterTimetable>().IsDueAsync(personId, register, ct)) await AskAboutAsync(personId, register, ct);
        }
    }

    /// <summary>Asks about an organisation whose turn it is; another node's turn is left to it.</summary>
    public async Task RefreshAsync(Guid organisationId, CancellationToken ct)
    {
        await using var scope = NewScope();
        if (await scope.ServiceProvider.GetRequiredService<RegisterTimetable>().ClaimAsync(organisationId, ct) is { } organisation)
            await AskAboutAsync(scope.ServiceProvider, organisation, ct);
    }

    /// <summary>An event that somebody has pushed: whose it is, and, when it is genuine and new, the question that it asks for.</summary>
    public async Task<RegisterEvent> TakeEventAsync(string token, string audience, CancellationToken ct)
    {
        foreach (var name in Registers())
        {
            if (connectors.FindRegister(name) is not { } register) continue;
            var said = await register.ReadEventAsync(token, audience, ct);
            if (said is RegisterEvent.Foreign) continue;
            if (said is RegisterEvent.Genuine genuine) await TakeAsync(name, genuine, ct);
            return said;
        }
        return new RegisterEvent.Foreign();
    }

    private async Task TakeAsync(string register, RegisterEvent.Genuine said, CancellationToken ct)
    {
        await using var scope = NewScope();
        if (!await scope.ServiceProvider.GetRequiredService<RegisterTimetable>().TakeEventAsync(register, said, ct)) return;
        var stale = await scope.ServiceProvider.GetRequiredService<IdentityDb>().Organisations.AsNoTracking()
            .Where(o => o.Source == register && said.TaxCodes.Contains(o.TaxCode)).Select(o => o.Id).ToListAsync(ct);
        foreach (var id in stale) await RefreshAsync(id, ct);
    }

    private async Task AskAboutAsync(IServiceProvider services, Organisation organisation, CancellationToken ct)
    {
        if (connectors.FindRegister(organisation.Source) is not { } register) return;
        var (began, asked) = (clock.GetTimestamp(), new RegisterQuestion(organisation.Source, clock.GetUtcNow(), ReportsNearMisses: false));
        var answer = await register.FindAsync(organisation.TaxCode, ct);
        meter.Upstream(organisation.Source, "organisation", (answer as RegisterAnswer<RegisteredOrganisation>.Failed)?.Why, clock.GetElapsedTime(began));
        var book = services.GetRequiredService<BusinessRegister>();
        switch (answer)
        {
            case RegisterAnswer<RegisteredOrganisation>.Found { Value: var said }:
                await ApplyAsync(book, asked, said, ct);
                break;
            case RegisterAnswer<RegisteredOrganisation>.NotFound:
                await book.VanishedAsync(organisation.Id, ct);
                break;
            default: break;
        }
    }

    private async Task<RegisterVisit> AskAboutAsync(Guid personId, string name, CancellationToken ct)
    {
        await using var scope = NewScope();
        var services = scope.ServiceProvider;
        if (connectors.FindRegister(name) is not { } register) return RegisterVisit.NobodyToAsk;
        if (await services.GetRequiredService<RegisteredPeople>().NumberToAskWithAsync(personId, ct) is not { } number) return RegisterVisit.NotProofed;
        var (began, asked) = (clock.GetTimestamp(), new RegisterQuestion(name, clock.GetUtcNow(), ReportsNearMisses: true));
        var answer = await register.RepresentedByAsync(number, ct);
        var failure = (answer as RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>.Failed)?.Why;
        meter.Upstream(name, "person", failure, clock.GetElapsedTime(began));
        var said = (answer as RegisterAnswer<IReadOnlyList<RegisteredOrganisation>>.Found)?.Value ?? [];
        if (failure is null)
        {
            var book = services.GetRequiredService<BusinessRegister>();
            foreach (var organisation in said) await ApplyAsync(book, asked, organisation, ct);
            await book.ConcludeAsync(name, personId, said, ct);
        }
        await services.GetRequiredService<RegisterTimetable>().NoteAsync(personId, name, failure?.ToString(), ct);
        return failure is null ? RegisterVisit.Answered : RegisterVisit.Unreachable;
    }

    private static async Task ApplyAsync(BusinessRegister book, RegisterQuestion asked, RegisteredOrganisation said, CancellationToken ct)
    {
        try
        {
            await book.ApplyAsync(asked, said, ct);
        }
        catch (DbUpdateException)
        {
            // Two nodes heard of the same organisation at the same moment; the loser finds it there.
            await book.ApplyAsync(asked, said, ct);
        }
    }

    private IEnumerable<string> Registers() => registry.Document.Connectors.Where(c => c is { Enabled: true, Protocol: ConnectorProtocol.Register }).OrderBy(c => c.Order).Select(c => c.Name);

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "register";
        return scope;
    }
}

/// <summary>What came of asking about a person; of several registers the highest value.</summary>
public enum RegisterVisit
{
    /// <summary>No register is configured.</summary>
    NobodyToAsk,

    /// <summary>No national number at level 02: no register could recognise them.</summary>
    NotProofed,

    /// <summary>The standings in the database are what the register says.</summary>
    Answered,

    /// <summary>The standings are those of the last answer.</summary>
    Unreachable,
}
