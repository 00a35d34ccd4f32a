using System.Threading.Channels;
using Identity.Domain.Organisations;
using Microsoft.Extensions.Options;

namespace Identity.Server.Organisations;

/// <summary>
/// Asks the registers behind the sign-ins of this node. Nobody waits for it: a crowd beyond what is kept here is asked about at its next
/// sign-in, or when a page of "who do you act for" needs to know.
/// </summary>
public sealed class RegisterVisitor(RegisterDesk desk, IOptions<RegisterOptions> options, ILogger<RegisterVisitor> log) : BackgroundService
{
    private const int Crowd = 2_000;
    private const int AtOnce = 4;

    private readonly Channel<Guid> _waiting = Channel.CreateBounded<Guid>(new BoundedChannelOptions(Crowd) { FullMode = BoundedChannelFullMode.DropOldest });

    public void SignedIn(Guid personId)
    {
        if (options.Value.AskAfterSignIn) _waiting.Writer.TryWrite(personId);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => VisitAsync(stoppingToken)));

    private async Task VisitAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await desk.AskWhenDueAsync(await _waiting.Reader.ReadAsync(ct), ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // The node is stopping.
            }
            catch (Exception failure)
            {
                // The next person's turn must come, whatever this one met.
                log.RegisterVisitFailed(failure);
            }
        }
    }
}
