using Identity.Admin.Access;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

[OpenToAll, IgnoreAntiforgeryToken]
public sealed class ErrorModel : AdminPage
{
    [FromRoute] public int Status { get; set; }

    /// <summary>What a person can make of a status.</summary>
    public string Kind => Status switch
    {
        StatusCodes.Status403Forbidden => "not_yours",
        StatusCodes.Status404NotFound => "not_there",
        StatusCodes.Status400BadRequest => "not_understood",
        _ => "ours",
    };

    /// <summary>The browser still has what was typed, and sends it again when this answer is loaded again.</summary>
    public bool FormWasSent => Kind == "ours" && HttpMethods.IsPost(Request.Method);
}
