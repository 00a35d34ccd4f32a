namespace Identity.Sandbox.Eid;

internal static class EidCookie
{
    const string Name = "sandbox_eid_session";   // localhost cookies are seen by every port, so each site has its own names

    public static EidSession? Read(HttpContext http, EidMemory memory) => memory.Sessions.Find(http.Request.Cookies[Name]);

    public static void Write(HttpContext http, EidMemory memory, EidSession session) =>
        http.Response.Cookies.Append(Name, memory.Sessions.Add(session), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });

    public static void End(HttpContext http, EidMemory memory)
    {
        memory.Sessions.Take(http.Request.Cookies[Name]);
        http.Response.Cookies.Delete(Name);
    }
}
