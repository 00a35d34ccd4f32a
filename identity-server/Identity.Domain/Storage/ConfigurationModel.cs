using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: what waits for a second person, and how far a change would reach.</summary>
internal static class ConfigurationModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ConfigurationVersion>().Property(v => v.SealedSecret).HasMaxLength(IdentityModel.SealedLength);
        builder.Entity<ConfigurationProposal>(proposal =>
        {
            proposal.HasIndex(p => new { p.State, p.Id });
            proposal.Ignore(p => p.Item);
            proposal.Property(p => p.Document).HasMaxLength(IdentityModel.DocumentLength);
            proposal.Property(p => p.SealedSecret).HasMaxLength(IdentityModel.SealedLength);
            proposal.Property(p => p.Reason).HasMaxLength(2_000);
            proposal.Property(p => p.DecisionReason).HasMaxLength(2_000);
        });
        // Both are asked when a change is previewed: how many people a sector knows, and who is at an application now.
        builder.Entity<SubjectIdentifier>().HasIndex(s => s.Sector);
        builder.Entity<SessionParticipant>().HasIndex(p => new { p.ClientId, p.FirstAt });
    }
}
