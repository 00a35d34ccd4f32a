using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;

namespace Identity.Domain.Organisations;

/// <summary>Units as a file wants them. What the file does not name stays as it is.</summary>
public sealed record OrgTreeFile(IReadOnlyList<OrgUnitEntry> Units)
{
    public const int MaximumBytes = 8 * 1024 * 1024;
    internal const int MaximumUnits = 20_000;

    internal static readonly WireNames<OrgUnitLevel> Levels = new(
        (OrgUnitLevel.Province, "province"), (OrgUnitLevel.Department, "department"), (OrgUnitLevel.Commune, "commune"), (OrgUnitLevel.Attached, "attached"));

    /// <summary>Strict: whatever is unknown, misspelt or contradictory is listed, and then nothing is taken.</summary>
    internal static OrgTreeFile? Read(ReadOnlyMemory<byte> utf8Json, ErrorList errors)
    {
        if (utf8Json.Length <= MaximumBytes)
            return ConfigurationReader.ReadRoot(utf8Json, errors, json => new OrgTreeFile([.. json.Items("units", MaximumUnits, ReadUnit).Select(u => u.Item)]));
        errors.AddUnreadable("", OrgTreeFaults.FileIsLarge(MaximumBytes / 1024 / 1024));
        return null;
    }

    private static OrgUnitEntry ReadUnit(ObjectReader json)
    {
        json.Require("name");
        var name = json.Localized("name", 200) ?? LocalizedText.Empty;
        return new OrgUnitEntry(
            json.Path,
            Code(json.RequiredText("code", ProblemOfCode)),
            json.RequiredChoice("level", Levels),
            name.Vi,
            name.En,
            ParentOf(json),
            Day(json.RequiredText("valid_from", ProblemOfDay)) ?? DateOnly.MinValue)
        {
            ValidTo = Day(json.Text("valid_to", ProblemOfDay)),
            Successor = json.Text("successor", ProblemOfCode) is { } successor ? Code(successor) : null,
            ChangedOn = Day(json.Text("changed_on", ProblemOfDay)),
            FormerCodes = [.. json.Texts("former_codes", ProblemOfCode).Select(Code)],
        };
    }

    /// <summary>Written out, or what the code says.</summary>
    private static string ParentOf(ObjectReader json) =>
        json.Has("parent") ? Code(json.Text("parent", ProblemOfCode))
        : json.Text("code", _ => null) is { } code && AgencyCode.Parse(code) is Parsed<AgencyCode, AgencyCodeError>.Valid(var own) ? own.Parent?.Value ?? "" : "";

    private static string Code(string? text) => text is not null && AgencyCode.Parse(text) is Parsed<AgencyCode, AgencyCodeError>.Valid(var code) ? code.Value : "";

    private static DateOnly? Day(string? text) => text is null ? null : VietnamDay.Parse(text);

    private static LocalizedText? ProblemOfDay(string text) => VietnamDay.Parse(text) is null ? OrgTreeFaults.MustBeDay : null;

    private static LocalizedText? ProblemOfCode(string text) => AgencyCode.Parse(text) switch
    {
        Parsed<AgencyCode, AgencyCodeError>.Valid => null,
        Parsed<AgencyCode, AgencyCodeError>.Invalid(AgencyCodeError.Length) => OrgTreeFaults.CodeIsLong,
        Parsed<AgencyCode, AgencyCodeError>.Invalid(AgencyCodeError.Character) => OrgTreeFaults.CodeHoldsOther,
        Parsed<AgencyCode, AgencyCodeError>.Invalid(AgencyCodeError.EmptyGroup) => OrgTreeFaults.CodeHasEmptyGroup,
        Parsed<AgencyCode, AgencyCodeError>.Invalid(AgencyCodeError.Hierarchy) => OrgTreeFaults.CodeSkipsAgency,
        _ => OrgTreeFaults.CodeBegins,
    };
}

/// <param name="Path">Where it stands in the file.</param>
/// <param name="Parent">Code of the unit above; empty at the root.</param>
public sealed record OrgUnitEntry(string Path, string Code, OrgUnitLevel Level, string NameVi, string NameEn, string Parent, DateOnly ValidFrom)
{
    /// <summary>Its last day is the day before.</summary>
    public DateOnly? ValidTo { get; init; }

    public string? Successor { get; init; }

    /// <summary>Since when the name, code or place of the file holds, when it differs from what is stored; without it, from the import on.</summary>
    public DateOnly? ChangedOn { get; init; }

    public IReadOnlyList<string> FormerCodes { get; init; } = [];
}
