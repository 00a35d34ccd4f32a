using System.Formats.Asn1;
using System.Net.Sockets;
using System.Threading.Channels;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Lines;

/// <summary>
/// The edge between a conversation with a foreign server and everybody else: a time limit, a bounded number at once, and a value
/// for whatever goes wrong. A server that hangs keeps its own few places busy and nobody else's.
/// </summary>
internal sealed class LineGuard(LineSettings settings, TimeProvider clock)
{
    private const int WaitingPerPlace = 4;

    // What is in it are the places taken; unlike a semaphore it needs no disposing with a row that changed.
    private readonly Channel<byte> _places = Channel.CreateBounded<byte>(settings.MaxParallel);
    private int _inside;

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> converse, Func<UpstreamOutcome.Failed, T> fail, TimeSpan limit, CancellationToken ct)
    {
        using var clockOut = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, clockOut.Token);
        try
        {
            if (Interlocked.Increment(ref _inside) > settings.MaxParallel * (1 + WaitingPerPlace)) return fail(new(UpstreamFailure.TimedOut, "too many sign-ins are waiting for this server"));
            await _places.Writer.WriteAsync(0, both.Token);
            try
            {
                return await converse(both.Token);
            }
            finally
            {
                _places.Reader.TryRead(out _);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return fail(new(UpstreamFailure.TimedOut, $"no answer within {limit.TotalSeconds:0.#} s"));
        }
        catch (LineException e)
        {
            return fail(new(e.Why, e.Message));
        }
        catch (AsnContentException)
        {
            return fail(new(UpstreamFailure.Malformed, "an answer that is not LDAP"));
        }
        catch (SocketException e)
        {
            return fail(new(UpstreamFailure.Unreachable, $"no connection: {e.SocketErrorCode}"));
        }
        catch (IOException)
        {
            return fail(new(UpstreamFailure.Unreachable, "the connection ended in the middle"));
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public Task<UpstreamOutcome> RunAsync(Func<CancellationToken, Task<UpstreamOutcome>> converse, CancellationToken ct) =>
        RunAsync(converse, failed => failed, settings.Timeout, ct);
}
