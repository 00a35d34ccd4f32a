namespace Identity.Sandbox.Failures;

/// <summary>What goes wrong for everybody; a failure chosen in one sign-in goes before it.</summary>
internal sealed class FailureSwitch(int slowSeconds)
{
    public Failure Everywhere { get; set; }

    public int SlowSeconds { get; set; } = slowSeconds;

    public Failure For(Failure chosen) => chosen == Failure.None ? Everywhere : chosen;
}
