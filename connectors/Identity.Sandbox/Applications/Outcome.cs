using System.Diagnostics.CodeAnalysis;

namespace Identity.Sandbox.Applications;

/// <summary>Why an application refused, for its own page: the protocol's word and a sentence.</summary>
internal sealed record Problem(string Error, string Description, int Status = StatusCodes.Status400BadRequest);

internal abstract record Outcome<T>
{
    private Outcome() { }

    public sealed record Good(T Value) : Outcome<T>
    {
        public override string ToString() => nameof(Good);   // the value may be a token
    }

    public sealed record Bad(Problem Problem) : Outcome<T>;

    public bool Failed([NotNullWhen(true)] out Problem? problem, [MaybeNullWhen(true)] out T value)
    {
        problem = (this as Bad)?.Problem;
        value = this is Good good ? good.Value : default;
        return problem is not null;
    }

    public static implicit operator Outcome<T>(T value) => new Good(value);

    public static implicit operator Outcome<T>(Problem problem) => new Bad(problem);
}
