using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Pages;
using Identity.Server.Pages.Account;
using Identity.Server.Pages.ActingFor;
using Identity.Server.Pages.SignIn;

namespace Identity.Tests.Language;

/// <summary>The pages of acting for somebody else, on both sides.</summary>
internal sealed partial record SamplePage
{
    private static IEnumerable<SamplePage> ActingForPages() =>
    [
        Of<ActingForModel>("acting", "/login/r1/acting-for", p => (p.Usable, p.Unusable) = ([Self, Company, Helper, Office], [.. Refused])),
        Of<ActingForModel>("acting-fault", "/login/r1/acting-for", p => (p.Usable, p.HasFault) = ([Self, Company], true)),
        Of<ActingForModel>("acting-search", "/login/r1/acting-for", p => (p.Usable, p.HasSearch, p.Search) = ([Company, HelperOfPerson], true, "mẫu")),
        Of<ActingForModel>("acting-not-found", "/login/r1/acting-for", p => (p.HasSearch, p.Search) = (true, "không có")),
        Of<MissingModel>("acting-missing", "/login/r1/acting-for/missing", p => (p.CanChoose, p.Unusable, p.IsRegisterUnreachable) = (true, [Refused[0]], true)),
        Of<MissingModel>("acting-nothing", "/login/r1/acting-for/missing", p => p.Reference = Code),
        Of<ReleaseModel>("release-acting", "/login/r1/release", p => (p.Required, p.ActingFor) = ([.. Facts.Select(f => new ReleasedFact(f))], Company)),
        Of<ActingForAccountModel>("acting-account", "/account/acting-for", p => (p.Mine, p.ForMe, p.Organisations, p.Notice) = (
            [new(Company, "dkkd", "Đăng ký doanh nghiệp"), new(Company with { Id = "standing:op" }, "operator", ""), new(Office, "hr", ""), new(Helper, "mandate", "") { MandateId = Guid.NewGuid(), CanPassOn = true },
             new(Office with { Kind = CapacityKind.Representative, Party = PartyKind.Organisation, Standing = AffiliationKind.Employee }, "invitation", "") { StandingId = Guid.NewGuid() },
             new(HelperOfPerson with { Why = CapacityRefusal.NotConfirmed }, "mandate", "") { MandateId = Guid.NewGuid(), IsWaiting = true }],
            new(Capacity.SelfId, "", null, [new(Guid.NewGuid(), ActingKind.Mandate, "Trần Văn Mẫu") { Until = Now, Services = [App] }]),
            [new(Company.Id, Company.Name, Company.Code, [new(Guid.NewGuid(), ActingKind.Registered, "Nguyễn Thị Ẩn"), new(Guid.NewGuid(), ActingKind.Employee, "Lê Mẫu"),
                new(Guid.NewGuid(), ActingKind.Invitation, "Đỗ Mẫu") { IsWaiting = true, Until = Now }])],
            AccountNotice.MandateAccepted)),
        Of<ActingForAccountModel>("acting-account-none", "/account/acting-for", p => p.Notice = AccountNotice.RightEnded),
        Of<InviteModel>("acting-invite", "/account/acting-for/invite", p => (p.From, p.Source, p.CanEmploy, p.Services, p.Until) = (Company.Id, Company, true, [new("portal", App)], "2027-11-22")),
        .. Enum.GetValues<InviteFault>().Select(fault => Of<InviteModel>($"acting-invite-{fault}", "/account/acting-for/invite", p =>
            (p.From, p.Source, p.Services, p.Until, p.Fault, p.HasFault) = (Capacity.SelfId, Self, [new("portal", App)], "2027-11-22", fault, true))),
        Of<InviteModel>("acting-code", "/account/acting-for/invite", p => (p.Code, p.CodeUntil, p.InvitedName) = ("ABCD-EFGH-2345", Now, "Trần Văn Mẫu")),
        Of<InvitationModel>("acting-enter", "/account/acting-for/invitation", _ => { }),
        .. Enum.GetValues<InvitationFault>().Select(fault => Of<InvitationModel>($"acting-enter-{fault}", "/account/acting-for/invitation", p => (p.Code, p.Fault, p.HasFault) = ("ABCD", fault, true))),
        Of<InvitationModel>("acting-offer", "/account/acting-for/invitation", p => (p.Code, p.Offer) = ("ABCD-EFGH-2345",
            new(InvitationKind.Mandate, "Nguyễn Thị Ẩn", Company.Name) { Services = [App], Until = Now, Position = "Kế toán", MayPassOn = true })),
    ];

    private static CapacityRow Self => new(Capacity.SelfId, CapacityKind.Citizen, PartyKind.Person, "Nguyễn Thị Ẩn") { Code = "••••••••0000" };
    private static CapacityRow Company => new("standing:1", CapacityKind.Representative, PartyKind.Organisation, "Công ty TNHH Mẫu") { Code = "9900000016", Standing = AffiliationKind.LegalRepresentative, Until = Now };
    private static CapacityRow Helper => new("mandate:1", CapacityKind.Helper, PartyKind.Organisation, "HTX Nông nghiệp Mẫu") { Code = "9900000030", Until = Now, Services = [App] };
    private static CapacityRow HelperOfPerson => new("mandate:2", CapacityKind.Helper, PartyKind.Person, "Trần Văn Mẫu") { Until = Now };
    private static CapacityRow Office => new("standing:2", CapacityKind.Official, PartyKind.OrgUnit, "Sở Nông nghiệp và Môi trường") { Code = "H99.07", Standing = AffiliationKind.Official, Position = "Chuyên viên" };

    /// <summary>One for each reason, and one for each kind of standing that the others do not show.</summary>
    private static CapacityRow[] Refused =>
    [
        .. Enum.GetValues<CapacityRefusal>().Select(why => Company with { Id = $"standing:{why}", Why = why }),
        Company with { Id = "standing:o", Standing = AffiliationKind.Owner, IsReadOnly = true }, Company with { Id = "standing:r", Standing = AffiliationKind.Representative },
        Company with { Id = "standing:e", Standing = AffiliationKind.Employee },
    ];
}
