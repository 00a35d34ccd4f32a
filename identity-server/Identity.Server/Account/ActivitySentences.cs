using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Desk;

namespace Identity.Server.Account;

/// <summary>Audit rows as sentences. What is not in the table (tokens, keys, refusals between machines) would only worry a person.</summary>
public sealed class ActivitySentences(Texts texts, AccountNames names)
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["session.started"] = "did.signed_in",
        ["session.ended"] = "did.signed_out",
        ["session.left"] = "did.app_left",
        [DeviceList.OthersEnded] = "did.others_ended",
        ["signin.failed"] = "did.sign_in_failed",
        ["signin.cancelled"] = "did.sign_in_cancelled",
        ["code.issued"] = "did.app_opened",
        ["release.agreed"] = "did.release_agreed",
        ["release.refused"] = "did.release_refused",
        [ConnectedServices.Stopped] = "did.service_stopped",
        ["identity.linked"] = "did.identity_linked",
        ["identity.unlinked"] = "did.identity_unlinked",
        ["identity.made_main"] = "did.identity_made_main",
        ["identity.frozen"] = "did.identity_frozen",
        ["identity.thawed"] = "did.identity_thawed",
        [ConflictDesk.Looked] = "did.conflict_viewed",
        ["conflict.resolved"] = "did.conflict_resolved",
        ["conflict.reopened"] = "did.conflict_reopened",
        ["session.strengthened"] = "did.stepped_up",
        ["passkey.added"] = "did.passkey_added",
        ["passkey.removed"] = "did.passkey_removed",
        ["passkey.renamed"] = "did.factor_renamed",
        ["passkey.cloned"] = "did.passkey_cloned",
        ["totp.added"] = "did.totp_added",
        ["totp.removed"] = "did.totp_removed",
        ["totp.renamed"] = "did.factor_renamed",
        ["factor.refused"] = "did.factor_refused",
        ["recovery_codes.made"] = "did.codes_made",
        ["recovery_codes.removed"] = "did.codes_removed",
        ["recovery_code.used"] = "did.code_used",
        ["mailed_code.sent"] = "did.mailed_code_sent",
        ["recovery.began"] = "did.recovery_began",
        ["recovery.cancelled"] = "did.recovery_cancelled",
        ["recovery.used"] = "did.recovery_used",
        ["attribute.changed"] = "did.attribute_changed",
        ["person.created"] = "did.person_created",
        ["contact.verified"] = "did.contact_verified",
        ["contact.removed"] = "did.contact_removed",
        ["account.not_me"] = "did.reported_not_me",
        ["account.released"] = "did.released",
        ["person.reopened"] = "did.person_reopened",
        ["person.closing"] = "did.person_closing",
        ["person.stayed"] = "did.person_stayed",
        ["capacity.chosen"] = "did.capacity_chosen",
        ["mandate.given"] = "did.mandate_given",
        ["mandate.accepted"] = "did.mandate_accepted",
        ["mandate.ended"] = "did.mandate_ended",
        ["mandate.first_used"] = "did.mandate_first_used",
        ["mandate.used"] = "did.mandate_used",
        ["standing.given"] = "did.standing_given",
        ["invitation.sent"] = "did.invitation_sent",
        [DeskLedger.LookedUp] = "did.looked_up",
        ["person.value_shown"] = "did.value_shown",
        [PersonFreeze.Suspended] = "did.frozen",
        [PersonFreeze.Resumed] = "did.unfrozen",
        [DeskSessions.AllEnded] = "did.signed_out_by_desk",
        ["recovery.requested"] = "did.recovery_requested",
        ["recovery.approved"] = "did.recovery_approved",
        ["recovery.declined"] = "did.recovery_declined",
    };

    public static IReadOnlyList<string> Understood { get; } = [.. Keys.Keys];

    /// <summary>The rows that a person asks for together; everything for null and for a word that is none.</summary>
    public static IReadOnlyList<string> Of(ActivityKind? kind) => kind switch
    {
        ActivityKind.SignIns => [.. Understood.Where(name => name.StartsWith("session.", StringComparison.Ordinal) || name.StartsWith("signin.", StringComparison.Ordinal))],
        ActivityKind.Services => [.. Understood.Where(name => name is "code.issued" || name.StartsWith("release.", StringComparison.Ordinal) || name.StartsWith("service.", StringComparison.Ordinal))],
        ActivityKind.Account => [.. Understood.Where(name => name.StartsWith("identity.", StringComparison.Ordinal) || name.StartsWith("person.", StringComparison.Ordinal) || name.StartsWith("conflict.", StringComparison.Ordinal) || name.StartsWith("attribute.", StringComparison.Ordinal))],
        _ => Understood,
    };

    public string Of(AuditEvent row)
    {
        var key = row switch
        {
            { Name: "session.ended", Reason: DeviceList.EndedByOwner } => "did.device_ended",
            { Name: "session.ended", Reason: DeskSessions.EndReason } => "did.device_ended_by_desk",
            _ => Keys[row.Name],
        };
        var desk = LookUpTrace.Read(row.Detail);
        return Capital(texts[key,
            ("app", row.ClientId is null ? texts["error.an_app"] : names.App(row.ClientId)),
            ("eid", row.Connector is null ? texts["did.some_way"] : names.Method(row.Connector)),
            // The trail names the attribute that changed or was shown, never a value.
            ("attribute", row.Name == "attribute.changed" && row.Detail is { } changed ? texts.Attribute(changed) : desk.What is { } shown ? texts.Attribute(shown) : ""),
            ("who", desk.Office is { } office ? texts["did.by_office", ("office", office)] : texts["did.by_province"]),
            ("because", texts[texts.Has($"did.because.{row.Reason}") ? $"did.because.{row.Reason}" : "did.because.other"]),
            ("case", desk.CaseNumber is { } number ? texts["did.case", ("case", number)] : "")]);
    }

    /// <summary>A sentence may begin with the name of an office.</summary>
    private static string Capital(string sentence) => string.Concat(char.ToUpperInvariant(sentence[0]).ToString(), sentence.AsSpan(1));
}

public enum ActivityKind
{
    SignIns,
    Services,

    /// <summary>Doors, data, the account itself.</summary>
    Account,
}
