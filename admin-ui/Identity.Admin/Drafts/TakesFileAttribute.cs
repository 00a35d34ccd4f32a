namespace Identity.Admin.Drafts;

/// <summary>
/// A page with a form that sends a file. Its own request limits say how much may be sent; this says which file comes back after a sign-in,
/// and up to how many bytes: a larger one would be refused anyway.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFileAttribute(string field, int largest) : Attribute
{
    public string Field { get; } = field;
    public int Largest { get; } = largest;
}
