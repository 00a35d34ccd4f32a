using Identity.Protocols.Federation;

namespace Identity.Connectors.Lines;

/// <summary>Ends a conversation from wherever it is; <see cref="LineGuard"/> turns it into a value before anybody else sees it.</summary>
internal sealed class LineException(UpstreamFailure why, string detail) : Exception(detail)
{
    public UpstreamFailure Why { get; } = why;
}
