using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Info;

public sealed class HelpModel : PublicPage
{
    /// <summary>The parked request that the person came from; only ever used to lead back to it.</summary>
    [FromQuery(Name = "request")]
    public string? From { get; set; }

    public override string? HelpRequest => From;
}

/// <summary>One case in the person's own words, and what to do, step by step.</summary>
/// <param name="Key">Stem of the text keys.</param>
public sealed record HelpCase(string Key, int Steps, string? Link = null)
{
    public static IReadOnlyList<HelpCase> All { get; } =
    [
        new("help.phone", 4), new("help.down", 3), new("help.none", 3), new("help.code", 3), new("help.name", 3),
        new("help.intruder", 3, "/account/not-me"),
    ];
}
