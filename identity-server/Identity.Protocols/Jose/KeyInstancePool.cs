using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Identity.Protocols.Jose;

/// <summary>
/// The platform promises nothing about concurrent use of one ECDsa or RSA object, and building one costs about as much as a
/// signature: so each use rents its own and gives it back. A key disposed in the middle of a use disappears when that use ends.
/// </summary>
internal sealed class KeyInstancePool(Func<AsymmetricAlgorithm> create)
{
    private static readonly int Kept = Environment.ProcessorCount * 2;
    private readonly ConcurrentQueue<AsymmetricAlgorithm> _idle = new();
    private volatile bool _closed;

    public AsymmetricAlgorithm Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _idle.TryDequeue(out var key) ? key : create();
    }

    public void Return(AsymmetricAlgorithm key)
    {
        if (_closed || _idle.Count >= Kept) key.Dispose();
        else _idle.Enqueue(key);
    }

    public void Close()
    {
        _closed = true;
        while (_idle.TryDequeue(out var key)) key.Dispose();
    }
}
