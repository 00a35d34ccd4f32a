using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Identity.Sandbox.Register;

/// <summary>The business register as provinces meet it through their integration platform: a token for the machine, JSON with Vietnamese names.</summary>
internal sealed class RegisterEndpoints(SandboxOptions options, RegisterMemory memory, TimeProvider clock)
{
    static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);
    readonly ShortLived<object> tokens = new(TokenLifetime, clock);

    public async Task<IResult> TokenAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || (await http.Request.ReadFormAsync(ct))["grant_type"] != "client_credentials") return Results.Json(new { error = "unsupported_grant_type" }, statusCode: 400);
        if (!IsOurClient(http.Request)) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        return Results.Json(new { access_token = tokens.Add(new object()), token_type = "Bearer", expires_in = (int)TokenLifetime.TotalSeconds });
    }

    public async Task<IResult> CompanyAsync(HttpContext http, string taxCode, CancellationToken ct)
    {
        if (await RefusalAsync(http, ct) is { } refusal) return refusal;
        if (memory.Failure == RegisterFailure.WrongCompany) return Results.Json(Show(memory.All.First(c => c.TaxCode != taxCode)));
        return memory.Find(taxCode) is { } company ? Results.Json(Show(company)) : Results.NotFound();
    }

    public async Task<IResult> SearchAsync(HttpContext http, CancellationToken ct)
    {
        if (await RefusalAsync(http, ct) is { } refusal) return refusal;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: ct);
            if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("SoDinhDanh", out var number) || number.ValueKind != JsonValueKind.String) return Results.BadRequest();
            return Results.Json(new Dictionary<string, object> { ["DanhSach"] = memory.RepresentedBy(number.GetString()!).Select(Show).ToArray() });
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }

    async Task<IResult?> RefusalAsync(HttpContext http, CancellationToken ct)
    {
        if (memory.Failure == RegisterFailure.Down) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (memory.Failure == RegisterFailure.Slow) await Task.Delay(TimeSpan.FromSeconds(options.SlowSeconds), clock, ct);
        if (memory.Failure == RegisterFailure.Redirect) return new RedirectTo("http://127.0.0.1:9/");
        if (memory.Failure == RegisterFailure.Malformed) return Results.Content("<html>không phải JSON</html>", "text/html");
        return AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) && header.Scheme == "Bearer" && tokens.Find(header.Parameter) is not null
            ? null
            : Results.Json(new { error = "invalid_token" }, statusCode: 401);
    }

    static Dictionary<string, object?> Show(SyntheticCompany company) => new()
    {
        ["MaSoThue"] = company.TaxCode,
        ["MaSoDoanhNghiep"] = company.TaxCode,
        ["TenDoanhNghiep"] = company.Name,
        ["TenNuocNgoai"] = company.ForeignName,
        ["TinhTrang"] = company.State,
        ["NgayGiaiThe"] = company.DissolvedOn is { } day ? Day(day) : null,
        ["NguoiDaiDien"] = company.Officers.Select(o => new Dictionary<string, string?>
        {
            ["SoDinhDanh"] = o.Number, ["NgaySinh"] = o.Born is { } born ? Day(born) : null, ["VaiTro"] = o.Role, ["ChucVu"] = o.Position, ["TuNgay"] = "20250701",
        }).ToArray(),
        ["ChiNhanh"] = company.Branches.Select(b => new Dictionary<string, string?> { ["MaSoThue"] = b.TaxCode, ["TenDoanhNghiep"] = b.Name, ["TinhTrang"] = company.State }).ToArray(),
    };

    bool IsOurClient(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Basic") return false;
        var expected = Encoding.UTF8.GetBytes($"{options.RegisterClientId}:{options.RegisterClientSecret}");
        var given = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", given, out var length) && CryptographicOperations.FixedTimeEquals(expected, given.AsSpan(0, length));
    }

    static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
