using System.Diagnostics.CodeAnalysis;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>Something of the upstream's that passed its checks, or why it did not.</summary>
internal readonly record struct Checked<T> where T : class
{
    private readonly T? _value;
    private readonly UpstreamOutcome.Failed? _failed;

    private Checked(T? value, UpstreamOutcome.Failed? failed) => (_value, _failed) = (value, failed);

    public bool Passed([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out UpstreamOutcome.Failed? failed)
    {
        value = _value;
        failed = _value is null ? _failed ?? new(UpstreamFailure.Malformed, "nothing was answered") : null;
        return _value is not null;
    }

    public static implicit operator Checked<T>(T value) => new(value, null);

    public static implicit operator Checked<T>(UpstreamOutcome.Failed failed) => new(null, failed);
}
