using System.Globalization;

namespace Identity.Benchmarks.Load;

/// <summary>One run of the generator. Says nothing about whose provider it is: peers are measured with the same options.</summary>
internal sealed record LoadOptions
{
    public required string Mode { get; init; }

    /// <summary>Nodes of one provider; workers are dealt out among them.</summary>
    public required IReadOnlyList<Uri> Bases { get; init; }

    public string Label { get; init; } = "";
    public string IssuerPath { get; init; } = "";

    /// <summary>The address of mode <c>get</c>.</summary>
    public string Url { get; init; } = "";

    public int Workers { get; init; } = 16;
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(8);
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    public LoadClient Machine { get; init; } = new("", "", "");
    public LoadClient Web { get; init; } = new("", "", "openid");
    public bool SecretInHeader { get; init; }
    public string RedirectUri { get; init; } = "http://127.0.0.1/cb";
    public string AuthorizeExtra { get; init; } = "";

    public LoadCredentials Credentials { get; init; } = new();

    /// <summary>Signs in this often and shares those sessions among the workers; 0 gives each worker its own.</summary>
    public int Sessions { get; init; }

    /// <summary>Takes another one of the sessions that <c>seed</c> has stored for every operation of <c>sso</c>; 0 for none.</summary>
    public int SeededSessions { get; init; }

    /// <summary>A session cookie to use instead of signing in.</summary>
    public string Cookie { get; init; } = "";

    /// <summary>Distinct tokens of <c>introspect-first</c>: more than a node remembers, so that every one is new to it.</summary>
    public int Tokens { get; init; } = 12_000;

    public bool IntrospectCodeToken { get; init; }
    public bool LeaveOutUserInfo { get; init; }

    /// <summary>Speaks as a proxy that ends TLS does, for a provider whose issuer is https.</summary>
    public bool BehindTls { get; init; }

    public bool AllowRemote { get; init; }
    public bool Verbose { get; init; }

    /// <summary>Process trees whose CPU time and memory are reported: the server's, and its database's apart.</summary>
    public IReadOnlyList<int> Processes { get; init; } = [];
    public IReadOnlyList<int> DatabaseProcesses { get; init; } = [];
}

internal sealed record LoadClient(string Id, string Secret, string Scope);

/// <summary>How to fill in the sign-in page; <c>{n}</c> in name and password is the number of the worker.</summary>
internal sealed record LoadCredentials
{
    public string User { get; init; } = "alice";
    public string Password { get; init; } = "alice";
    public string UserField { get; init; } = "username";
    public string PasswordField { get; init; } = "password";
    public IReadOnlyList<KeyValuePair<string, string>> FormExtra { get; init; } = [];

    /// <summary>For providers whose page is a program: a JSON POST before the authorization request.</summary>
    public string JsonUrl { get; init; } = "";
    public string JsonBody { get; init; } = "";

    /// <summary>More workers than accounts share them.</summary>
    public int Accounts { get; init; } = int.MaxValue;

    public (string User, string Password) Of(int worker)
    {
        var number = (worker % Accounts).ToString(CultureInfo.InvariantCulture);
        return (User.Replace("{n}", number, StringComparison.Ordinal), Password.Replace("{n}", number, StringComparison.Ordinal));
    }
}
