using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Identity.Sandbox.Applications;

/// <summary>Discovery and keys of the server: asked for when first needed, kept for ten minutes, renewed at once for an unknown key.</summary>
internal sealed class ProviderMetadata(string authority, HttpClient http, TimeProvider clock)
{
    const int Attempts = 3;
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    readonly HttpDocumentRetriever documents = new(http) { RequireHttps = !authority.StartsWith("http://", StringComparison.Ordinal) };
    (OpenIdConnectConfiguration Document, DateTimeOffset At)? known;

    public async Task<Outcome<OpenIdConnectConfiguration>> GetAsync(CancellationToken ct, bool renew = false)
    {
        if (!renew && known is { } kept && clock.GetUtcNow() - kept.At < Kept) return kept.Document;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FetchAsync(ct);
            }
            catch (Exception) when (attempt < Attempts && !ct.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);   // the server may still be starting beside us
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // The retriever reports network, JSON and key trouble with many types; to a visitor they are one thing.
                return new Problem("server_unreachable", $"Không đọc được cấu hình của máy chủ ({error.GetType().Name}).", StatusCodes.Status502BadGateway);
            }
        }
    }

    async Task<Outcome<OpenIdConnectConfiguration>> FetchAsync(CancellationToken ct)
    {
        var address = $"{authority.TrimEnd('/')}/.well-known/openid-configuration";
        var document = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, ct);
        // OpenID Connect Discovery 1.0 §4.3: whoever answers here must name itself as we know it.
        if (document.Issuer != authority) return new Problem("wrong_issuer", "Máy chủ tự xưng bằng tên khác (issuer).", StatusCodes.Status502BadGateway);
        if (document.AuthorizationEndpoint is null || document.TokenEndpoint is null || document.UserInfoEndpoint is null)
            return new Problem("invalid_answer", "Cấu hình của máy chủ thiếu địa chỉ bắt buộc.", StatusCodes.Status502BadGateway);
        known = (document, clock.GetUtcNow());
        return document;
    }
}
