namespace Identity.Domain.People;

/// <summary>What reading hand-typed input gives: the value in its canonical form, or the one named reason why not.</summary>
public abstract record Parsed<TValue, TError> where TValue : notnull where TError : struct, Enum
{
    private Parsed() { }

    public sealed record Valid(TValue Value) : Parsed<TValue, TError>;

    public sealed record Invalid(TError Error) : Parsed<TValue, TError>;

    public static implicit operator Parsed<TValue, TError>(TValue value) => new Valid(value);

    public static implicit operator Parsed<TValue, TError>(TError error) => new Invalid(error);
}
