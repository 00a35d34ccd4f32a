using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Factors;
using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Hosting.Pages;
using Identity.Protocols.Federation;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.Pages;
using Identity.Server.Pages.Account;
using Identity.Server.Pages.Error;
using Identity.Server.Pages.Info;
using Identity.Server.Login.Factors;
using Identity.Server.Pages.Logout;
using Identity.Server.Pages.SecondStep;
using Identity.Server.Pages.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Language;

/// <summary>Every page of the public host in every state that changes what it says. All people and numbers are made up.</summary>
internal sealed partial record SamplePage(string Name, string Path, Action<PublicPage> Fill)
{
    internal const string App = "Dịch vụ công trực tuyến";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 1, 52, 0, TimeSpan.Zero);
    private static Uri Start => new("https://dichvucong.example/bat-dau");
    private static Reference Code => new("AB-482-915-307", Now);

    // Made anew each time: the hostile-text tests write into what they are given.
    private static ShownFact[] Facts =>
    [
        new(AttributeNames.Name, "Nguyễn Thị Ẩn"), new(AttributeNames.PersonalNumber, "096101000000"), new(AttributeNames.BirthDate, "1968-09-05"),
        new(AttributeNames.Gender, "female"),
    ];

    public static IReadOnlyList<SamplePage> All { get; } =
        [.. SignIn(), .. SecondSteps(), .. ActingForPages(), .. Problems(), .. Errors(), .. Logout(), .. Account(), .. Info()];

    private static IEnumerable<SamplePage> SignIn() =>
    [
        Of<SignInModel>("signin", "/login/r1", p => (p.Methods, p.MailDomains) = ([Eid, Official, Local], Endings)),
        Of<SignInModel>("signin-official", "/login/r1", p => (p.Methods, p.MailDomains, p.MailAddress) =
            ([Official with { IsPrimary = true, LastUsed = true, IncidentNote = "Thư công vụ đang phản hồi chậm." }], [.. Endings, "xa.mau.example", "phuong.mau.example"], "nva@mau.example")),
        .. new[] { MailFault.Missing, MailFault.Malformed }.Select(fault => Of<SignInModel>($"signin-address-{fault}", "/login/r1", p =>
            (p.Methods, p.MailDomains, p.AddressFault, p.HasFault, p.MailAddress) = ([Eid, Official], Endings, fault, true, "nguyễn.a@mau.example"))),
        Of<MailPasswordModel>("mail", "/login/r1/mail", p => (p.Address, p.ConnectorName) = ("nva@mau.example", "Thư công vụ tỉnh")),
        .. new[] { MailFault.PasswordMissing, MailFault.Wrong }.Select(fault => Of<MailPasswordModel>($"mail-fault-{fault}", "/login/r1/mail", p =>
            (p.Address, p.ConnectorName, p.Fault, p.HasFault, p.IncidentNote) = ("nva@mau.example", "Thư công vụ tỉnh", fault, true, "Thư công vụ đang phản hồi chậm."))),
        Of<MailDomainModel>("mail-domain", "/login/r1/mail/domain", p => (p.Address, p.Domains, p.HasFault) = ("nva@gmail.example", Endings, true)),
        Of<MailDomainModel>("mail-domain-meant", "/login/r1/mail/domain", p => (p.Address, p.Meant, p.Domains, p.HasFault) = ("nva@mua.example", "nva@mau.example", Endings, true)),
        Of<GoingToEidModel>("going-mail", "/login/r1/going/thu", p => (p.ConnectorName, p.MailAddress) = ("Thư công vụ tỉnh", "nva@mau.example")),
        Of<FirstSignInModel>("first-mail", "/login/r1/first", p => (p.ConnectorName, p.IsMail, p.Attributes) = ("Thư công vụ tỉnh", true,
            [new(AttributeNames.Name, "Nguyễn Văn An"), new(AttributeNames.Email, "nva@mau.example"), new(AttributeNames.OrganisationUnit, "Phòng Một cửa"), new(AttributeNames.JobTitle, "Chuyên viên"), new(AttributeNames.EmployeeNumber, "CB0001")])),
        Of<SignInModel>("signin-logo", "/login/r1", p => (p.Methods, p.AppLogo) = ([Eid, Local], new ShownLogo("/favicon.svg", 48, 32))),
        Of<SignInModel>("signin-eid", "/login/r1", p => p.Methods = [Eid]),
        Of<SignInModel>("signin-password", "/login/r1", p => p.Methods = [Local]),
        Of<SignInModel>("signin-incident", "/login/r1", p => p.Methods =
            [Local with { IsPrimary = true }, Eid with { IsPrimary = false, LastUsed = false, IncidentNote = "VNeID đang phản hồi chậm (từ 08:40)." }]),
        .. Enum.GetValues<PasswordFault>().Select(fault => Of<SignInModel>($"signin-fault-{fault}", "/login/r1", p =>
            (p.Methods, p.Fault, p.HasFault, p.LoginHint) = ([Local], fault, true, "canbo.thu@mau.example"))),
        Of<SignInModel>("signin-nothing", "/login/r1", _ => { }),
        Of<GoingToEidModel>("going-inapp", "/login/r1/going/vneid", p => (p.ConnectorName, p.InAppBrowser, p.StartAddress) = ("VNeID", true, Start)),
        Of<GoingToEidModel>("going-incident", "/login/r1/going/vneid", p => (p.ConnectorName, p.IncidentNote) = ("VNeID", "VNeID đang phản hồi chậm.")),
        Of<ReturningModel>("returning", "/login/r1/returning", p => p.ContinueTo = "/login/r1/returning?round=1"),
        Of<FirstSignInModel>("first", "/login/r1/first", p => (p.ConnectorName, p.Attributes) = ("VNeID", Facts)),
        Of<FirstSignInModel>("first-step", "/login/r1/first", p => (p.ConnectorName, p.Attributes, p.HasSecondStep) = ("VNeID", Facts, true)),
        Of<FirstContactModel>("first-contact", "/login/r1/contact", p => p.Proposed = "an@mau.example"),
        Of<FirstContactModel>("first-contact-code", "/login/r1/contact", p => p.Waiting = "a•••@mau.example"),
        .. Enum.GetValues<ContactFault>().Select(fault => Of<FirstContactModel>($"first-contact-{fault}", "/login/r1/contact", p =>
            (p.Fault, p.HasFault, p.Proposed, p.Waiting) = (fault, true, "an@", fault is ContactFault.Wrong or ContactFault.Old ? "a•••@mau.example" : null))),
        Of<SignInModel>("signin-passkey", "/login/r1", p => (p.Methods, p.UsesPasskeys) = ([Eid, Passkey, Official], true)),
        .. Enum.GetValues<PasskeyFault>().Select(fault => Of<SignInModel>($"signin-passkey-{fault}", "/login/r1", p =>
            (p.Methods, p.UsesPasskeys, p.PasskeyFault) = ([Eid, Passkey], true, fault))),
        Of<ReleaseModel>("release-consent", "/login/r1/release", Consent),
        Of<ReleaseModel>("release-notice", "/login/r1/release", p => (p.AppAgency, p.ByLaw) = ("Sở Xây dựng tỉnh An Bình", [.. Facts.Select(f => new ReleasedFact(f))])),
        Of<ReleaseModel>("release-plain", "/login/r1/release", p => p.Required = [.. Facts.Select(f => new ReleasedFact(f))]),
        Of<ReleaseModel>("release-mixed", "/login/r1/release", p =>
        {
            Consent(p);
            p.ByLaw = [new(Facts[0], LegalBasis: "Điều 5 Nghị định mẫu số 1/2026/NĐ-CP về thủ tục mẫu"), new(Facts[1], "đối chiếu hồ sơ", "Điều 6 Nghị định mẫu số 1/2026/NĐ-CP")];
        }),
        Of<ReleaseModel>("release-prefill", "/login/r1/release", p =>
            p.Optional = [.. Facts.Select(f => new ReleasedFact(f, "điền sẵn tờ khai", Source: "VNeID", AsOf: Now.AddDays(-40)))]),
        Of<ReleaseModel>("release-nothing", "/login/r1/release", _ => { }),
        Of<ExpiredModel>("expired", "/login/r1/expired", p => (p.StartAddress, p.Reference) = (Start, Code)),
        Of<ExpiredModel>("expired-answered", "/login/r1/expired", p => (p.Answered, p.StartAddress) = (true, Start)),
        Of<ExpiredModel>("expired-unknown", "/login/r1/expired", p => p.AppName = null),
        Of<SignInModel>("signin-shared", "/login/r1", p => (p.Methods, p.SharedComputer) = ([Eid, Local], true)),
        .. from purpose in Enum.GetValues<LinkingPurpose>()
           from adding in (bool[])[false, true]
           select Of<SignInModel>($"signin-linking-{purpose}-{adding}", "/login/r1", p =>
               (p.Methods, p.Linking) = ([Eid, Official], new(adding, purpose, purpose == LinkingPurpose.OldAccount ? null : "Nguyễn Thị Ẩn"))),
        Of<ConfirmOwnershipModel>("confirm", "/login/r1/confirm", p => (p.ConnectorName, p.Attributes, p.Record) = ("VNeID", Facts, Record)),
        Of<LinkedModel>("linked", "/login/r1/linked", p => (p.ConnectorName, p.PersonName) = ("Thư công vụ tỉnh", "Nguyễn Thị Ẩn")),
        Of<OtherPersonModel>("switch", "/login/r1/switch", p => p.PersonName = "Nguyễn Thị Ẩn"),
    ];

    private static IEnumerable<SamplePage> SecondSteps() =>
    [
        Of<StepUpModel>("step-up-passkey", "/login/r1/step-up", p => (p.Way, p.OtherWays, p.UsesPasskeys) = (StepUpWay.Passkey, [StepUpWay.App, StepUpWay.Codes], true)),
        Of<StepUpModel>("step-up-app", "/login/r1/step-up", p => (p.Way, p.OtherWays) = (StepUpWay.App, [StepUpWay.Passkey])),
        Of<StepUpModel>("step-up-app-wrong", "/login/r1/step-up", p => (p.Way, p.Fault, p.Left, p.HasFault, p.IsForAccount) = (StepUpWay.App, StepUpFault.Wrong, 3, true, true)),
        Of<StepUpModel>("step-up-app-shape", "/login/r1/step-up", p => (p.Way, p.Fault, p.HasFault) = (StepUpWay.App, StepUpFault.Shape, true)),
        Of<StepUpModel>("step-up-codes", "/login/r1/step-up", p => (p.Way, p.CodesLeft, p.OtherWays) = (StepUpWay.Codes, 4, [StepUpWay.App])),
        .. ((StepUpFault[])[StepUpFault.UsedBefore, StepUpFault.Wrong, StepUpFault.Shape]).Select(fault => Of<StepUpModel>($"step-up-{fault}", "/login/r1/step-up", p =>
            (p.Way, p.Fault, p.Left, p.HasFault) = (StepUpWay.Codes, fault, 2, true))),
        Of<StepUpModel>("step-up-mail", "/login/r1/step-up", p => (p.Way, p.MailAddress, p.CanEnrol) = (StepUpWay.Mail, "a•••@thu.mau.example", true)),
        Of<StepUpModel>("step-up-mail-sent", "/login/r1/step-up", Mailed),
        .. ((StepUpFault[])[StepUpFault.Wrong, StepUpFault.Shape, StepUpFault.ManyMails]).Select(fault => Of<StepUpModel>($"step-up-mail-{fault}", "/login/r1/step-up", p =>
        {
            Mailed(p);
            (p.Fault, p.Left, p.HasFault) = (fault, 2, true);
        })),
        Of<StepUpModel>("step-up-mail-TooOld", "/login/r1/step-up", p => (p.Way, p.MailAddress, p.Fault, p.HasFault) = (StepUpWay.Mail, "a•••@thu.mau.example", StepUpFault.TooOld, true)),
        Of<StepUpModel>("step-up-paused", "/login/r1/step-up", p => (p.Way, p.PausedUntil, p.HasFault, p.Reference) = (StepUpWay.App, Now.AddMinutes(15), true, Code)),
        Of<EnrolModel>("enrol", "/login/r1/enrol", p => p.Ways = [StepUpWay.Passkey, StepUpWay.App]),
        Of<EnrolModel>("enrol-shared", "/login/r1/enrol", p => (p.Ways, p.SharedComputer) = ([StepUpWay.App], true)),
        Of<EnrolModel>("enrol-shared-lock", "/login/r1/enrol", p => (p.Ways, p.SharedComputer) = ([StepUpWay.Passkey], true)),
        Of<SuggestModel>("suggest-passkey", "/login/r1/suggest", p => p.Kind = ReminderKind.Passkey),
        Of<SuggestModel>("suggest-second", "/login/r1/suggest", p => p.Kind = ReminderKind.SecondWay),
        Of<RecoverModel>("recover-eid", "/login/r1/recover", p => (p.HasOther, p.HasStrongLink) = (true, true)),
        Of<RecoverModel>("recover-wait", "/login/r1/recover", _ => { }),
        Of<RecoverModel>("recover-running", "/login/r1/recover", p => p.ReadyAt = Now.AddHours(24)),
        Of<RecoverModel>("recover-ready", "/login/r1/recover", p => (p.ReadyAt, p.IsReady) = (Now, true)),
        Of<AddPasskeyModel>("add-passkey", "/account/identities/passkey", p => (p.UsesPasskeys, p.DeviceName) = (true, "Chrome · Android")),
        Of<AddPasskeyModel>("add-passkey-fault", "/account/identities/passkey", p => (p.UsesPasskeys, p.Fault, p.HasFault) = (true, PasskeyFault.AlreadyThere, true)),
        Of<AddAppModel>("add-app", "/account/identities/app", App1),
        Of<AddAppModel>("add-app-wrong", "/account/identities/app", p => { App1(p); p.HasFault = true; }),
        Of<AddAppModel>("add-app-full", "/account/identities/app", p => p.IsFull = true),
        Of<CodesModel>("codes", "/account/identities/codes", p => p.Left = 3),
        Of<CodesModel>("codes-shown", "/account/identities/codes", p => p.Codes = [.. Enumerable.Range(0, 10).Select(i => $"4F7K-9Q{i}M")]),
        Of<IdentitiesModel>("identities-factors", "/account/identities", p => (p.Notice, p.Factors, p.ContinueTo, p.AppName) = (AccountNotice.PasskeyAdded, new(
            [new(FactorKind.Passkey, new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 1, 2]), "Điện thoại của tôi", Now, Now)], [new(FactorKind.App, new Guid(2, 2, 3, [4, 5, 6, 7, 8, 9, 1, 2]), "Chrome · Android", Now)], 7, Now),
            "/connect/authorize/callback?request=r1", App)),
        .. ((AccountNotice[])[AccountNotice.AppAdded, AccountNotice.AppLeft, AccountNotice.MainDoorChanged, AccountNotice.FactorRenamed, AccountNotice.FactorRemoved, AccountNotice.RecoveryStopped]).Select(notice => Of<IdentitiesModel>($"identities-{notice}", "/account/identities", p => p.Notice = notice)),
        Of<IdentitiesModel>("identities-shared", "/account/identities", p => (p.SharedComputer, p.Notice, p.Factors) = (true, AccountNotice.AppAdded, FactorRows.None with { OnSharedComputer = true })),
        Of<IdentitiesModel>("identities-last", "/account/identities", p => (p.IsLastWayIn, p.RecoveryAt) = (true, Now.AddDays(1))),
    ];

    private static void Mailed(StepUpModel page) =>
        (page.Way, page.MailAddress, page.MailedAt, page.MailedUntil) = (StepUpWay.Mail, "a•••@thu.mau.example", Now, Now.AddMinutes(10));

    private static void App1(AddAppModel page) => (page.Key, page.EntryName, page.DeviceName, page.Square) =
        ("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", "dangnhap.anbinh.gov.vn (7f3a)", "Điện thoại của tôi",
            QrSquare.Of("otpauth://totp/dangnhap.anbinh.gov.vn:7f3a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=dangnhap.anbinh.gov.vn"));

    private static IEnumerable<SamplePage> Problems() =>
    [
        .. Enum.GetValues<ProblemKind>().Select(Problem),
        Conflict("conflict-proved", ProblemKind.NumberMismatch, new(
            [new(AttributeNames.Name, "Nguyễn Thị Ẩn", "Nguyễn Thị Ẩn", false), new(AttributeNames.PersonalNumber, "096101000000", "096101000001", true), new(AttributeNames.BirthDate, "1968-09-05", null, false)], true, [])),
        Conflict("conflict-hidden", ProblemKind.BirthDateDiffers, new([new(AttributeNames.Name, "Nguyễn Thị Ẩn", null, false)], false, [])),
        Conflict("conflict-records", ProblemKind.NumberConflict, new([], false, [Record, Record with { LastSignInAt = null, MaskedEmail = null }])),
    ];

    private static SamplePage Conflict(string name, ProblemKind kind, ConflictView view) => Of<ProblemModel>(name, "/login/r1/problem", p =>
        (p.Kind, p.Connector, p.ConnectorName, p.HasOtherWay, p.StartAddress, p.Reference, p.Conflict) = (kind, "vneid", "VNeID", true, Start, Code, view));

    private static SamplePage Problem(ProblemKind kind) =>
        Of<ProblemModel>($"problem-{kind}", "/login/r1/problem", p =>
        {
            (p.Kind, p.Connector, p.ConnectorName, p.HasOtherWay, p.StartAddress, p.Reference) = (kind, "vneid", "VNeID", true, Start, Code);
            if (kind is ProblemKind.SharedMailbox or ProblemKind.DeclinedMail) (p.ConnectorName, p.TypesAgain) = ("Thư công vụ tỉnh", true);
            if (kind == ProblemKind.MissingData) p.Missing = [AttributeNames.PersonalNumber, AttributeNames.BirthDate];
            if (kind == ProblemKind.TooManyAttempts) p.PausedUntil = Now.AddMinutes(15);
            if (kind == ProblemKind.NotGenuine) p.Technical = new TechnicalDetails("signature_invalid", "The ID token does not verify.");
        });

    private static IEnumerable<SamplePage> Errors() =>
    [
        .. Enum.GetValues<ErrorKind>().Select(kind => Of<ErrorModel>($"error-{kind}", "/error", p =>
            (p.Kind, p.FailedApp, p.Reference, p.ReadyAt, p.Technical) =
            (kind, App, Code, Now, new TechnicalDetails("invalid_request", "redirect_uri is not registered.")))),
        Of<ErrorModel>("error-nameless", "/error/404", p => p.Kind = ErrorKind.AppSetup),
    ];

    private static IEnumerable<SamplePage> Logout() =>
    [
        Of<LogoutConfirmModel>("logout", "/logout/l1", p => (p.AskingApp, p.OtherApps) = (App, 2)),
        Of<LogoutConfirmModel>("logout-nameless", "/logout/l1", _ => { }),
        Of<LogoutConfirmModel>("logout-unasked", "/logout/l1", p => p.OtherApps = 2),
        Of<LoggedOutModel>("out", "/logout/l1/done", p =>
        {
            p.Apps = [new(App, LogoutState.Done), new("Hồ sơ đất đai", LogoutState.Unknown), new("Học bạ điện tử", LogoutState.Telling)];
            (p.EidName, p.EidLogout, p.ReturnApp, p.ReturnTo, p.SignInAgain) = ("VNeID", new Uri("https://eid.example/thoat"), App, Start, Start);
        }),
        Of<LoggedOutModel>("out-certain", "/logout/l1/done", _ => { }),
    ];

    private static IEnumerable<SamplePage> Account() =>
    [
        Of<OverviewModel>("account", "/account", p =>
            (p.LastSignIn, p.Identities, p.Sessions, p.Services, p.ContinueApp, p.ContinueTo) = (Phone, 2, 2, 3, App, Start)),
        Of<OverviewModel>("account-new", "/account", p => (p.SuggestsContact, p.StaysUntil) = (true, new(Now.AddMinutes(20), IsFinal: true))),
        Of<OverviewModel>("account-case", "/account", p => (p.LastSignIn, p.Cases) = (Phone with { Entry = 42 }, [new(Code.Code, Now.AddDays(-1), "Thư công vụ tỉnh")])),
        Of<IdentitiesModel>("identities", "/account/identities", p => (p.Details, p.DetailsSource, p.Identities) =
            (Facts, "VNeID", [new("VNeID", Now, Now, ProofingLevel.Level02, true), new("Thư công vụ tỉnh", Now, null, ProofingLevel.MailOnly)])),
        Of<IdentitiesModel>("identities-doors", "/account/identities", p => (p.Notice, p.Identities) = (AccountNotice.DoorRemoved,
            [new("VNeID", Now, Now, ProofingLevel.Level02, true) { LinkId = Guid.Empty, Place = DoorPlace.Main }, new("VNeID", Now, Now) { LinkId = Guid.Empty, Place = DoorPlace.Secondary },
             new("Thư công vụ tỉnh", Now) { LinkId = Guid.Empty, Frozen = true }])),
        Of<RemoveIdentityModel>("remove", RemovePath, p => p.Name = "Thư công vụ tỉnh"),
        Of<RemoveIdentityModel>("remove-proved", RemovePath, p => (p.Name, p.IsProved) = ("Thư công vụ tỉnh", true)),
        .. Enum.GetValues<DoorRemovalObstacle>().Select(obstacle => Of<RemoveIdentityModel>($"remove-{obstacle}", RemovePath, p =>
            (p.Name, p.Obstacle, p.Services) = ("VNeID", obstacle, obstacle == DoorRemovalObstacle.NeededByService ? [App, "Hồ sơ đất đai"] : []))),
        Of<CloseModel>("close", "/account/close", _ => { }), Of<CloseModel>("close-proved", "/account/close", p => p.IsProved = true),
        Of<ClosingModel>("closing", "/account/closing", _ => { }),
        Of<LauncherModel>("launcher", "/launcher", p => p.Groups = Apps),
        Of<LauncherModel>("launcher-search", "/launcher", p => (p.CanSearch, p.Search, p.Groups) = (true, "dat dai", Apps)),
        Of<LauncherModel>("launcher-none", "/launcher", _ => { }),
        Of<LauncherModel>("launcher-self", "/launcher", p => (p.Groups, p.Current, p.Others) = (Apps, Self, [new(Company, 3), new(Helper, 1), new(Office, 0)])),
        Of<LauncherModel>("launcher-acting", "/launcher", p => (p.Groups, p.Current, p.Others) = (
            [new("Sở Tài chính tỉnh An Bình", [new("Cổng doanh nghiệp An Bình", "Sở Tài chính tỉnh An Bình", "Hồ sơ của doanh nghiệp bạn thay mặt", Start, Now) { OpensAs = "business" }])],
            Company, [new(Self, 2), new(Office, 1)])),
        Of<LauncherModel>("launcher-acting-none", "/launcher", p => (p.Current, p.Others) = (Office, [new(Self, 2)])),
        Of<LauncherOpenModel>("launcher-open", "/launcher/open?app=business", p => (p.Name, p.Address) = ("Cổng doanh nghiệp An Bình", Start)),
        Of<LauncherModel>("launcher-none-found", "/launcher", p => (p.CanSearch, p.Search) = (true, "xyz")),
        Of<LauncherModel>("launcher-shared", "/launcher", p => (p.SharedComputer, p.Groups) = (true, Apps)),
        Of<IdentitiesModel>("identities-sources", "/account/identities", p => (p.Details, p.DetailsSource, p.OtherDetails) =
            (Facts, "VNeID", [new("Thư công vụ tỉnh", [new(AttributeNames.Email, "an@mau.example")])])),
        Of<IdentitiesModel>("identities-none", "/account/identities", _ => { }),
        Of<SessionsModel>("sessions", "/account/sessions", p => (p.Notice, p.Sessions) = (AccountNotice.SessionEnded,
            [new("s1", Phone, Now, [new("portal", App), new("land", "Hồ sơ đất đai")], true), new("s2", new(Now.AddDays(-1), "Edge trên Windows"), Now.AddDays(-1), []),
             new("s3", new(Now.AddDays(-2)), Now.AddDays(-2), [])])),
        Of<SessionsModel>("sessions-left", "/account/sessions", p => (p.Notice, p.Sessions) = (AccountNotice.AppLeft, [new("s1", Phone, Now, [], true)])),
        Of<IdentitiesModel>("identities-main", "/account/identities", p => p.Notice = AccountNotice.MainDoorChanged),
        Of<SessionsModel>("sessions-one", "/account/sessions", p => (p.Notice, p.Sessions) = (AccountNotice.OtherSessionsEnded, [new("s1", Phone, Now, [], true)])),
        Of<ServicesModel>("services", "/account/services", p => (p.Notice, p.Services) = (AccountNotice.ServiceStopped,
            [new("portal", App, "Văn phòng UBND tỉnh An Bình", [AttributeNames.Name, AttributeNames.PersonalNumber], Now, Now), new("land", "Hồ sơ đất đai", null, [], Now, null, false),
             new("tax", "Thuế mẫu", null, [AttributeNames.Email], Now, Now) { ByLaw = [AttributeNames.Name] }])),
        Of<ServicesModel>("services-none", "/account/services", _ => { }),
        Of<ActivityModel>("activity", "/account/activity", p => (p.IsFirstPage, p.OlderThan, p.Rows) = (false, "100",
            [new("Bạn đã đăng nhập bằng VNeID", Phone, App), new("Bạn đã đăng xuất", new(Now))])),
        Of<ActivityModel>("activity-notices", "/account/activity", p => (p.Notices, p.Rows) = (
            [new("Có đăng nhập từ thiết bị mới", "Tài khoản của bạn vừa được đăng nhập từ một thiết bị chưa dùng trước đây.", Phone, null, new Guid("01936f4e-0000-7000-8000-000000000001")),
             new("Đã thêm một cách đăng nhập", "Một cách đăng nhập mới vừa được thêm vào tài khoản của bạn.", new(Now), "Điện thoại của Ẩn")],
            [new("Bạn đã đăng nhập bằng VNeID", Phone, App, 42)])),
        Of<NotMeModel>("not-me", "/account/not-me", p => (p.Entry, p.WayName) = (42, "VNeID")),
        Of<NotMeModel>("not-me-notice", "/account/not-me", p => p.About = new Guid("01936f4e-0000-7000-8000-000000000001")),
        Of<NotMeModel>("not-me-account", "/account/not-me", _ => { }),
        .. Enum.GetValues<NotMeWay>().Select(way => Of<NotMeDoneModel>($"not-me-done-{way}", "/not-me/AB-482-915-307", p => (p.Code, p.Way) = (Code.Code, way))),
        Of<ContactModel>("contact", "/account/contact", p => (p.Proposed, p.Language) = ("an@mau.example", "vi")),
        Of<ContactModel>("contact-code", "/account/contact", p => p.Waiting = "a•••@mau.example"),
        Of<ContactModel>("contact-known", "/account/contact", p => (p.Notice, p.Current) = (AccountNotice.ContactVerified, "a•••@mau.example")),
        .. Enum.GetValues<ContactFault>().Select(fault => Of<ContactModel>($"contact-fault-{fault}", "/account/contact", p =>
            (p.Fault, p.HasFault, p.Proposed, p.Waiting, p.Notice) = (fault, true, "an@", fault is ContactFault.Wrong or ContactFault.Old ? "a•••@mau.example" : null,
                fault == ContactFault.Many ? AccountNotice.LanguageSaved : fault == ContactFault.Old ? AccountNotice.ContactRemoved : null))),
        Of<ActivityModel>("activity-sentences", "/account/activity", p => p.Rows = Sentences(p.HttpContext.RequestServices)),
        Of<ActivityModel>("activity-filtered", "/account/activity", p => (p.Kind, p.OlderThan, p.Rows) = (ActivityKind.SignIns, "100", [new("Bạn đã đăng xuất", new(Now))])),
        Of<ActivityModel>("activity-none", "/account/activity", _ => { }),
    ];

    private static ActivityRow[] Sentences(IServiceProvider services)
    {
        var language = services.GetRequiredService<PageLanguage>();
        var sentences = new ActivitySentences(services.GetRequiredService<Texts>(), new AccountNames(new ClientRegistry(), language));
        IEnumerable<AuditEvent> events =
        [
            .. ActivitySentences.Understood.Select(name => new AuditEvent { Name = name, ClientId = App, Connector = "VNeID", Detail = AttributeNames.BirthDate }),
            new() { Name = "session.ended", Reason = DeviceList.EndedByOwner }, new() { Name = "signin.failed" },
        ];
        return [.. events.Select(e => new ActivityRow(sentences.Of(e), new(Now)))];
    }

    private static IEnumerable<SamplePage> Info() =>
    [
        Of<HelpModel>("help", "/help?request=r1", _ => { }), Of<PrivacyModel>("privacy", "/privacy", _ => { }),
        Of<AccessibilityModel>("accessibility", "/accessibility", _ => { }), Of<RootModel>("root", "/", _ => { }),
    ];

    private const string RemovePath = "/account/identities/00000000-0000-0000-0000-000000000000/remove";
    private static RecordHint Record => new(Now.AddYears(-5), Now.AddMonths(-2), 3, "n•••@mau.example");
    private static LauncherGroup[] Apps =>
    [
        new("Văn phòng UBND tỉnh An Bình", [new(App, "Văn phòng UBND tỉnh An Bình", "Nộp hồ sơ và xem kết quả", Start, Now)]),
        new("Sở Nông nghiệp và Môi trường", [new("Hồ sơ đất đai", "Sở Nông nghiệp và Môi trường", null, Start)]),
    ];

    private static string[] Endings => ["mau.example", "cu.example", "thu.example"];
    private static SignInMethod Eid => new("vneid", "VNeID", SignInMethodKind.NationalEid, IsPrimary: true, LastUsed: true);
    private static SignInMethod Official => new("thu-cong-vu", "", SignInMethodKind.Official);
    private static SignInMethod Passkey => new("passkey", "Khóa của máy", SignInMethodKind.Passkey);
    private static SignInMethod Local => new("local", "Mật khẩu", SignInMethodKind.Local);
    private static SignInTrace Phone => new(Now, "Chrome trên Android", "An Bình, Việt Nam", "VNeID");

    private static void Consent(ReleaseModel page)
    {
        (page.AppAgency, page.Purpose, page.Required) = ("Văn phòng UBND tỉnh An Bình", "lập hồ sơ cho bạn", [.. Facts.Select(f => new ReleasedFact(f))]);
        page.Optional = [new(new(AttributeNames.PhoneNumber, "+84900000001"), "nhận tin khi có kết quả"), new(new(AttributeNames.Email, "an@mau.example"))];
        page.Kept = [new([AttributeNames.Name, AttributeNames.BirthDate], "5 năm kể từ ngày nộp hồ sơ."), new([AttributeNames.PhoneNumber], "đến khi có kết quả.")];
        page.RememberedUntil = Now.AddYears(1);
    }

    private static SamplePage Of<TPage>(string name, string path, Action<TPage> fill) where TPage : PublicPage => new(name, path, page =>
    {
        if (page is LoginPage) page.AppName = App;
        if (page is AccountPage account) (account.PersonName, account.StaysUntil) = ("Nguyễn Thị Ẩn", new(Now.AddMinutes(60), IsFinal: false));
        fill((TPage)page);
    });
}
