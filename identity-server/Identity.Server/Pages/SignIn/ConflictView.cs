namespace Identity.Server.Pages.SignIn;

/// <param name="OursShown">The person at the keyboard has proved to be the one of our record.</param>
/// <param name="Records">Hints at the records that claim one human, when there are several; nobody can tell whose they are from them.</param>
public sealed record ConflictView(IReadOnlyList<ConflictRow> Rows, bool OursShown, IReadOnlyList<RecordHint> Records);

public sealed record ConflictRow(string Attribute, string Theirs, string? Ours, bool Differs)
{
    public override string ToString() => Attribute;
}

/// <summary>Enough for its owner to recognise a record, too little for anybody else.</summary>
public sealed record RecordHint(DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, int Services, string? MaskedEmail);
