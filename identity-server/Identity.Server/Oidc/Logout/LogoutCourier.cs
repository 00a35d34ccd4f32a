using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Oidc.Logout;

/// <summary>
/// Carries one logout to one application (OpenID Connect Back-Channel Logout 1.0 §2.5–2.8) and keeps the receipt. Any node may
/// call it for any delivery at any time: only the one whose claim succeeds sends.
/// </summary>
public sealed class LogoutCourier(IServiceScopeFactory scopes, IHttpClientFactory http, ClientRegistry registry, LogoutToken token, TimeProvider clock, ILogger<LogoutCourier> log)
{
    public const string HttpClientName = "back-channel";
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Nothing in the answer matters but its status.</summary>
    public const int MaximumBytes = 1024;

    /// <summary>How long a claim holds; longer than a sending can take, so that nobody sends the same message at the same time.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6),
    ];

    /// <summary>Never throws: a receipt that could not be written only means that the message is sent again.</summary>
    public async Task DeliverAsync(Guid deliveryId, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            if (await ClaimAsync(db, deliveryId, ct) is not { } delivery) return;
            var (state, result) = await SendAsync(delivery, ct);
            Record(delivery, state, result);
            Audit(scope.ServiceProvider.GetRequiredService<AuditTrail>(), delivery);
            await db.SaveChangesAsync(ct);
            log.LogoutDelivered(delivery.Id, delivery.ClientId, result, delivery.Attempts);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogoutNotRecorded(deliveryId, e);
        }
    }

    /// <summary>One conditional statement: its row count says who sends.</summary>
    private async Task<LogoutDelivery?> ClaimAsync(IdentityDb db, Guid deliveryId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Claim;
        var won = await db.LogoutDeliveries
            .Where(d => d.Id == deliveryId && d.State == LogoutDeliveryState.Pending && d.NextAttemptAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, until).SetProperty(d => d.Attempts, d => d.Attempts + 1), ct);
        return won == 1 ? await db.LogoutDeliveries.SingleOrDefaultAsync(d => d.Id == deliveryId, ct) : null;
    }

    private async Task<(LogoutDeliveryState State, string Result)> SendAsync(LogoutDelivery delivery, CancellationToken ct)
    {
        if (registry.FindClient(delivery.ClientId) is not { BackchannelLogoutUri: { } address } client) return (LogoutDeliveryState.NotPossible, "no address");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent([new("logout_token", token.For(client, delivery))]),
            };
            // The answer's body is nobody's business here and may be endless; a redirect is not followed and counts as a failure.
            using var response = await http.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return (response.IsSuccessStatusCode ? LogoutDeliveryState.Delivered : LogoutDeliveryState.Pending, $"http {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return (LogoutDeliveryState.Pending, e.InnerException is AddressRefusedException ? "address refused" : e.HttpRequestError.ToString());
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return (LogoutDeliveryState.Pending, "timeout");
        }
    }

    private void Record(LogoutDelivery delivery, LogoutDeliveryState state, string result)
    {
        var now = clock.GetUtcNow();
        var usedUp = state == LogoutDeliveryState.Pending && delivery.Attempts > Pauses.Length;
        delivery.State = usedUp ? LogoutDeliveryState.Failed : state;
        delivery.LastResult = result;
        if (delivery.State == LogoutDeliveryState.Delivered) delivery.DeliveredAt = now;
        if (delivery.State == LogoutDeliveryState.Pending) delivery.NextAttemptAt = now + Shortened(Pauses[delivery.Attempts - 1]);
    }

    private static void Audit(AuditTrail trail, LogoutDelivery delivery)
    {
        var name = delivery.State == LogoutDeliveryState.Delivered ? "logout.delivered" : "logout.failed";
        trail.Add(name, delivery.LastResult, clientId: delivery.ClientId, sessionId: delivery.SessionId, detail: $"attempt {delivery.Attempts}, {delivery.State}");
    }

    // Up to a fifth less: ten thousand applications behind one broken gateway must not come back in the same second.
    private static TimeSpan Shortened(TimeSpan pause) => pause * (1 - Random.Shared.NextDouble() / 5);
}
