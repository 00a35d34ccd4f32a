using System.Collections.Concurrent;

namespace Identity.Sandbox.Register;

public enum RegisterFailure
{
    None, Slow, Down, Malformed, Redirect, WrongCompany,
}

/// <summary>The register as somebody's hand, or a test, has changed it since the start.</summary>
internal sealed class RegisterMemory
{
    readonly ConcurrentDictionary<string, SyntheticCompany> companies = new(SyntheticCompanies.All.ToDictionary(c => c.TaxCode));

    public RegisterFailure Failure { get; set; }

    public IEnumerable<SyntheticCompany> All => companies.Values.OrderBy(c => c.TaxCode, StringComparer.Ordinal);

    public SyntheticCompany? Find(string taxCode) => companies.GetValueOrDefault(taxCode);

    public void Put(SyntheticCompany company) => companies[company.TaxCode] = company;

    public IEnumerable<SyntheticCompany> RepresentedBy(string number) => All.Where(c => c.Officers.Any(o => o.Number == number));
}
