using Identity.Admin.Access;
using Identity.Admin.SignIn;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Pages.Connectors;

/// <summary>One way to sign in: its day, a test, the switch, and the way to tell people about trouble.</summary>
[Needs(Permission.OperateConnectors)]
public sealed class ConnectorModel(ConnectorDesk desk, ConnectorHealth health, ConnectorProbe probe, NodeSnapshot snapshot) : AdminPage
{
    [FromRoute] public string Name { get; set; } = "";
    [BindProperty(SupportsGet = true)] public SwitchForm Input { get; set; } = new(0, null);
    [BindProperty(SupportsGet = true)] public string? Did { get; set; }

    public ConnectorRegistration Connector { get; private set; } = null!;
    public int Version { get; private set; }
    public ConnectorPulse? Pulse { get; private set; }
    public ConnectorCheck? Check { get; private set; }
    public (int Applications, int WithoutOther) Dependence { get; private set; }
    public bool CanBeTested => Connector is { IsWayIn: true, Protocol: not (ConnectorProtocol.Password or ConnectorProtocol.Passkey) };

    /// <summary>The failure is the first word of the check's detail; the rest is for whoever looks into it.</summary>
    public string WhyFailed(Texts texts) => Check?.Detail?.Split(':')[0] is { } why && texts.Has($"conn.why.{why}") ? $"conn.why.{why}" : "conn.why.other";

    public override string? FieldOf(string fault) => fault == "conn.fault.ReasonIsMissing" ? "reason" : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Did is "tested" or "switched") Done = $"conn.did.{Did}";
        return await ReadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostTestAsync([FromServices] IOptions<AdminOptions> options, CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        if (await probe.TryAsync(Name, options.Value.Issuer, ct) is not { } found) Faults.Add("conn.fault.Untestable");
        else await desk.NoteCheckAsync(Actor, found, ct);
        return HasFault ? Page() : Redirect($"{Request.Path}?did=tested");
    }

    public async Task<IActionResult> OnPostSwitchAsync(bool enable, CancellationToken ct)
    {
        var refusal = await desk.SwitchAsync(Actor, Name, enable, Input.Version, Input.Reason ?? "", ct);
        // The other nodes are called; this one shows what it has just done.
        await snapshot.RefreshIfStaleAsync(ct);
        if (refusal is null) return Redirect($"{Request.Path}?did=switched");
        Faults.Add($"conn.fault.{refusal}");
        ModelState.Clear();
        return await ReadAsync(ct) ? Page() : NotFound();
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        if (await desk.FindAsync(Actor, Name, ct) is not var (connector, version)) return false;
        (Connector, Version) = (connector, version);
        Pulse = (await health.ReadAsync(ct)).GetValueOrDefault(Name);
        Check = (await desk.ListAsync(Actor, ct)).FirstOrDefault(e => e.Connector.Name == Name)?.Check;
        Dependence = desk.DependenceOf(Name);
        return true;
    }
}

/// <param name="Version">Of the connector that the form was made from.</param>
public sealed record SwitchForm(int Version, string? Reason);
