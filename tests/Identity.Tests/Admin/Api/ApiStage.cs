using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Tests.Harness;

namespace Identity.Tests.Admin.Api;

/// <summary>What the cases of the contract share: accounts with and without rights, and items of their own for every case.</summary>
public sealed class ApiStage : IAsyncLifetime
{
    private readonly Engine _engine;

    public ApiStage() => _engine = Engine.Sqlite;

    private ApiStage(Engine engine) => _engine = engine;

    private static readonly AdminActor Somebody = Configuration.ConfigurationDesk.Actor(AdminRole.Administrator);
    private int _count;
    private Task<Guid>? _unit;

    internal TestApi Api { get; private set; } = null!;
    internal string Administrator { get; private set; } = null!;
    internal string Powerless { get; private set; } = null!;
    private Task<string>? _agency;
    internal JsonObject Document { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await TestApi.StartAsync(_engine);
        Administrator = await Api.NewAccountAsync("administrator", AdminRole.Administrator);
        Powerless = await Api.NewAccountAsync("powerless", AdminRole.HelpDesk, null, "admin.configuration.read");
        Document = (await Api.GetAsync($"{TestApi.Root}/openapi.json", null)).Json;
    }

    /// <summary>A stage of its own, for this work alone.</summary>
    internal static async Task OnAsync(Engine engine, Func<ApiStage, Task> work)
    {
        var stage = new ApiStage(engine);
        await stage.InitializeAsync();
        try
        {
            await work(stage);
        }
        finally
        {
            await stage.DisposeAsync();
        }
    }

    public Task DisposeAsync() => Api.DisposeAsync().AsTask();

    /// <summary>An account of the agency alone.</summary>
    internal Task<string> AgencyAsync() => _agency ??= NewAgencyAsync();

    private async Task<string> NewAgencyAsync() => await Api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, await UnitAsync());

    /// <summary>For names that no other case has.</summary>
    internal int NextNumber() => Interlocked.Increment(ref _count);

    /// <summary>The address of a client that nobody else touches, in its first version.</summary>
    internal async Task<string> NewClientAsync()
    {
        var name = $"case-{NextNumber()}";
        var document = JsonNode.Parse((await StateAsync("rp")).Document!)!.AsObject();
        document["client_id"] = name;
        await Api.Admin.Provider.ImportAsync(new JsonObject { ["clients"] = new JsonArray(document) }.ToJsonString());
        return $"{TestApi.Root}/configuration/items/client/{name}";
    }

    /// <summary>What stands at the address with one thing changed, as PUT takes it.</summary>
    internal async Task<JsonObject> ChangedAsync(string address, Action<JsonObject> change)
    {
        var document = (await Api.GetAsync(address, Administrator)).Json["document"]!.DeepClone().AsObject();
        change(document);
        return new JsonObject { ["reason"] = "kiểm thử", ["document"] = document };
    }

    internal Task<JsonObject> RenamedAsync(string address, string name = "Tên mới") => ChangedAsync(address, document => document["client_name"]!["vi"] = name);

    /// <summary>A proposal that a human being made.</summary>
    internal async Task<Guid> ProposedAsync(string address, Action<JsonObject>? change = null)
    {
        var name = address.Split('/')[^1];
        var state = await StateAsync(name);
        var document = JsonNode.Parse(state.Document!)!.AsObject();
        (change ?? (d => d["redirect_uris"]!.AsArray().Add("https://rp.example/new")))(document);
        var edit = new ItemEdit(state.Item, state.Version, document.ToJsonString(), "kiểm thử");
        return Assert.IsType<ItemOutcome.Proposed>(await Api.Admin.WithAsync((ConfigurationProposals p) => p.ProposeAsync(Somebody, edit, CancellationToken.None))).Id;
    }

    /// <summary>The proposal as the API has it, made by the administrator's own account.</summary>
    internal async Task<JsonObject> ProposalBodyAsync(string address, int version = 1, Action<JsonObject>? change = null)
    {
        var document = (await ChangedAsync(address, change ?? (d => d["redirect_uris"]!.AsArray().Add("https://rp.example/new"))))["document"]!.DeepClone();
        return new JsonObject { ["kind"] = "client", ["name"] = address.Split('/')[^1], ["base_version"] = version, ["reason"] = "kiểm thử", ["document"] = document };
    }

    internal async Task<ItemState> StateAsync(string client) =>
        (await Api.Admin.WithAsync((ItemHistory h) => h.FindAsync(Somebody, new ItemKey(ConfigurationStore.ClientKind, client), CancellationToken.None)))!;

    /// <summary>By two people, as always.</summary>
    internal async Task RemoveAsync(string kind, string name)
    {
        var key = new ItemKey(kind, name);
        var state = (await Api.Admin.WithAsync((ItemHistory h) => h.FindAsync(Somebody, key, CancellationToken.None)))!;
        var proposed = Assert.IsType<ItemOutcome.Proposed>(await Api.Admin.WithAsync((ConfigurationProposals p) => p.ProposeAsync(Somebody, new ItemEdit(key, state.Version, null, "kiểm thử"), CancellationToken.None)));
        var reviewer = Configuration.ConfigurationDesk.Actor(AdminRole.Reviewer);
        Assert.IsType<ItemOutcome.Changed>(await Api.Admin.WithAsync((ConfigurationProposals p) => p.ApproveAsync(reviewer, proposed.Id, null, CancellationToken.None)));
    }

    /// <summary>The one agency of the stage.</summary>
    internal Task<Guid> UnitAsync() => _unit ??= NewUnitAsync("H01.1");

    internal Task<Guid> NewUnitAsync(string code) => Api.Admin.InDatabaseAsync(async db =>
    {
        var unit = new Domain.Organisations.OrgUnit { Code = code, NameVi = "Sở Mẫu", NameEn = "Sample department", ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) };
        db.OrgUnits.Add(unit);
        await db.SaveChangesAsync();
        return unit.Id;
    });
}
