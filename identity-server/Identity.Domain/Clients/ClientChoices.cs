namespace Identity.Domain.Clients;

public enum ApplicationType
{
    /// <summary>Runs on a server or in a browser.</summary>
    Web,

    /// <summary>Installed on a device (RFC 8252): it cannot keep a shared secret.</summary>
    Native,

    /// <summary>Acts for itself; no human ever signs in to it.</summary>
    Machine,
}

/// <summary>Of clients and connectors. The two never meet: what is tried out sees no real person, and a made-up person opens nothing real.</summary>
public enum ClientEnvironment
{
    Production,
    Sandbox,
}

public enum ClientAuthenticationMethod
{
    None,
    ClientSecretBasic,
    ClientSecretPost,
    PrivateKeyJwt,
}

public enum GrantType
{
    AuthorizationCode,
    RefreshToken,
    ClientCredentials,
}

public enum SubjectType
{
    Pairwise,
    Public,
}

public enum IdTokenSignatureAlgorithm
{
    Es256,
    Rs256,
}

/// <summary>What a citizen sees before data leaves: a question, an announcement, or nothing.</summary>
public enum DataRelease
{
    Consent,
    Notice,
    None,
}
