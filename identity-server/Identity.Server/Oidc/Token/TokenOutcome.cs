namespace Identity.Server.Oidc.Token;

public abstract record TokenOutcome
{
    private TokenOutcome() { }

    public sealed record Issued(TokenSet Tokens) : TokenOutcome;

    public sealed record Refused(OidcError Error) : TokenOutcome
    {
        /// <summary>The audit row is written already.</summary>
        public bool Recorded { get; init; }
    }

    public static implicit operator TokenOutcome(TokenSet tokens) => new Issued(tokens);
    public static implicit operator TokenOutcome(OidcError error) => new Refused(error);
}

/// <summary>A successful answer of the token endpoint (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).</summary>
public sealed record TokenSet(string AccessToken, TimeSpan ExpiresIn, string Scope)
{
    public string? IdToken { get; init; }
    public string? RefreshToken { get; init; }

    public byte[] ToJson() => OidcJson.Write(json =>
    {
        json.WriteString("access_token", AccessToken);
        json.WriteString("token_type", "Bearer");
        json.WriteNumber("expires_in", (int)ExpiresIn.TotalSeconds);
        if (IdToken is not null) json.WriteString("id_token", IdToken);
        if (RefreshToken is not null) json.WriteString("refresh_token", RefreshToken);
        json.WriteString("scope", Scope);
    });

    public override string ToString() => "TokenSet(***)";
}
