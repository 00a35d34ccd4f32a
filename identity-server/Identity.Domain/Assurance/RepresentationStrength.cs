namespace Identity.Domain.Assurance;

/// <summary>How well it is known that a person may act for somebody (identity-model, fourth axis). Order matters: higher is stronger.</summary>
public enum RepresentationStrength
{
    /// <summary>Nobody is represented, or nothing but the ending of a mail address says so.</summary>
    None = 0,
    OfficialMailDomain = 1,
    ConfirmedByAgency = 2,
    AppointedInRegister = 3,
    RegisteredOfficer = 4,
}
