using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Admin.Pages.Configuration;

/// <summary>A page about one item. It stands in the query, because the name of an API is an address itself.</summary>
public abstract class ConfigurationPage : AdminPage
{
    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? Name { get; set; }

    /// <summary>What was done on the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "done")] public string? Just { get; set; }

    public ItemKey Item => new(Kind ?? "", Name ?? "");

    public string Title => $"{Name}";

    public string Address(string page) => AddressOf(page, Item);

    public static string AddressOf(string page, ItemKey item) =>
        QueryHelpers.AddQueryString($"/configuration/{page}", new Dictionary<string, string?> { ["kind"] = item.Kind, ["name"] = item.Name });

    protected EmptyResult Go(string address)
    {
        HttpContext.SeeOther(address);
        return new EmptyResult();
    }

    protected void ShowWhatWasDone()
    {
        if (Just is "saved" or "rolled_back" or "proposed" or "approved" or "refused" or "withdrawn" or "unchanged") Done = $"cfg.done.{Just}";
    }

    public override string? FieldOf(string fault) => fault switch
    {
        "cfg.fault.ReasonIsMissing" => "reason",
        "cfg.fault.errors" => "document",
        _ => null,
    };

    /// <summary>The text that says why; null for what is no refusal.</summary>
    protected static string? FaultOf(ItemOutcome? outcome) => outcome switch
    {
        ItemOutcome.Refused => "cfg.fault.errors",
        ItemOutcome.Stale => "cfg.fault.stale",
        ItemOutcome.NeedsSecondPerson => "cfg.fault.second_person",
        ItemOutcome.Denied denied => $"cfg.fault.{denied.Why}",
        _ => null,
    };
}
