using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Identity.Admin.Api;

/// <summary>What the framework cannot see in the operations: who may ask, and the headers that they read and write.</summary>
internal static class ApiDescription
{
    private const string Scheme = "service_account";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Management API of the province's sign-on", Version = "v1", Description = "For service accounts with private_key_jwt. Errors are application/problem+json (RFC 9457)." };
            // Where it stands is the operator's business, and what a proxy says of it nobody's.
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "at+jwt", Description = "An access token by client_credentials for this API." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault() is { } ours) Describe(operation, context, ours);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, ApiOperation ours)
    {
        operation.Security = [.. ApiScopes.ThatReach(ours.Permission).Select(scope => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [scope] })];
        if (ours.NeedsIfMatch) AddHeader(operation, "If-Match", ours.MayCreate ? "ETag of the version that the change was made from; If-None-Match: * to create." : "ETag of the version that the change was made from.", required: !ours.MayCreate);
        if (ours.MayCreate) AddHeader(operation, "If-None-Match", "* to create.", required: false);
        if (context.Description.HttpMethod == HttpMethods.Post && !ours.IsForgotten) AddHeader(operation, ApiRepeats.Header, "Chosen by the caller; the same key gets the same answer for a day.", required: false);
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, bool required)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
