using System.ComponentModel.DataAnnotations;

namespace Identity.Admin.Api;

/// <summary>What the management API is called in the tokens that open it.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>The <c>resource</c> of the configuration that carries the scopes <c>admin.*</c>.</summary>
    [Required] public string Audience { get; set; } = "urn:identity:management-api";
}
