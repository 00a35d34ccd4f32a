using Identity.Domain.Announcements;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>Of <see cref="IdentityModel"/>: what whoever runs the province's sign-on works with.</summary>
internal static class OperationsModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Announcement>(announcement =>
        {
            announcement.HasIndex(a => a.EndsAt);
            announcement.Ignore(a => a.Text);
            announcement.Property(a => a.Version).IsConcurrencyToken();
        });
    }
}
