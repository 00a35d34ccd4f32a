using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What the members of a policy can contradict each other in.</summary>
internal static class PolicyFaults
{
    public static LocalizedText OutlivesTheSignIn { get; } = new("dài hơn absolute_minutes, là lúc mọi lần đăng nhập đều kết thúc", "is longer than absolute_minutes, at which every sign-in ends anyway");
}
