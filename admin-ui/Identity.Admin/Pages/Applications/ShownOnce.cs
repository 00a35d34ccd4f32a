using Identity.Domain.Administration;

namespace Identity.Admin.Pages.Applications;

/// <summary>Carries a new secret over the redirect after its form: sealed, for its maker alone, and gone when it has been shown.</summary>
public sealed class ShownOnce(ParkedForms forms)
{
    private const string Field = "secret";

    public async Task<string> AddressAsync(string path, string done, string? secret, AdminActor actor, CancellationToken ct) =>
        secret is null ? $"{path}?done={done}"
        : $"{path}?done={done}&once={await forms.ParkAsync(actor.PersonId, new(new Dictionary<string, string[]> { [Field] = [secret] }), ct)}";

    public async Task<string?> TakeAsync(string? reference, AdminActor actor, CancellationToken ct) =>
        reference is { Length: > 0 and <= 100 } && await forms.TakeAsync(reference, actor.PersonId, ct) is { } kept ? kept.Find(Field) : null;
}
