namespace Identity.Domain.Clients;

/// <summary>Certification plans contradict each other, so how strict we are is chosen per client, never for the whole server.</summary>
public enum SecurityProfile
{
    /// <summary>What old applications need; each relaxation is named.</summary>
    Compatible,

    /// <summary>Code flow with PKCE S256, exact redirect URIs, rotated refresh tokens.</summary>
    Standard,

    /// <summary>FAPI 2.0. Named so that a file can say it, refused until it is whole.</summary>
    Fapi2,
}

/// <summary>Something <see cref="SecurityProfile.Compatible"/> may leave out or add, one by one.</summary>
public enum Relaxation
{
    PkceOptional,
    NonceOptional,
    Rs256,
    ClaimsInIdToken,
}
