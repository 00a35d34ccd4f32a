using System.Text.Json.Nodes;
using Identity.Tests.Harness;

namespace Identity.Tests.Organisations;

/// <summary>The sandbox's e-ID dressed up as the province's mail provider: a standard OpenID Connect provider that vouches for a mailbox and for nobody's name.</summary>
internal static class MailDoor
{
    public const string Name = "mail";

    /// <summary>Types the address, and goes on from the page that says where that leads.</summary>
    public static async Task<TestPage> ToProviderAsync(TestBrowser browser, TestPage chooser, string address) =>
        await browser.SubmitAsync(await browser.SubmitAsync(chooser, "/mail", ("address", address)), $"/start/{Name}");

    public static string Connector(string eidUrl)
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", eidUrl, StringComparison.Ordinal);
        var mail = JsonNode.Parse(seed)!["connectors"]!.AsArray().Single(c => (string)c!["name"]! == "vnconnect")!.DeepClone().AsObject();
        (mail["name"], mail["kind"], mail["order"]) = (Name, "official_mail", 30);
        mail["display_name"] = new JsonObject { ["vi"] = "Thư công vụ", ["en"] = "Official mail" };
        mail["assurance"] = new JsonObject { ["amr_by_contract"] = new JsonArray("pwd", "otp"), ["level_ceiling"] = 2, ["proofing_ceiling"] = "mail_only" };
        mail["domains"] = new JsonArray(new JsonObject { ["name"] = "mau.example" });
        var settings = mail["settings"]!.AsObject();
        (settings["subject_claim"], settings["default_proofing"], settings["minimum_proofing"]) = ("sub", "mail_only", "mail_only");
        settings["attribute_claims"] = new JsonObject { ["email"] = new JsonArray("ThuDienTu", "email") };
        settings["required_attributes"] = new JsonArray("email");
        foreach (var member in (string[])["proofing_claim", "proofing_levels", "account_kind_claim", "account_kinds"]) settings.Remove(member);
        return new JsonObject { ["connectors"] = new JsonArray(mail) }.ToJsonString();
    }
}
