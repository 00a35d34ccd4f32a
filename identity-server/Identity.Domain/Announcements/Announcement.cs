using Identity.Domain.Clients;

namespace Identity.Domain.Announcements;

/// <summary>A sentence of the province on the sign-in page, in both languages and with an end. It goes by itself.</summary>
public sealed class Announcement
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Vi { get; set; }
    public required string En { get; set; }
    public AnnouncementAudience Audience { get; set; }

    /// <summary>Only where this way to sign in is offered.</summary>
    public string? Connector { get; set; }

    /// <summary>Only on the way to this application.</summary>
    public string? ClientId { get; set; }

    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>As the trail names actors.</summary>
    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>A form made from an older one is refused.</summary>
    public int Version { get; set; } = 1;

    public LocalizedText Text => new(Vi, En);

    public bool IsShownAt(DateTimeOffset now) => StartsAt <= now && now < EndsAt;
}

public enum AnnouncementAudience
{
    Everybody = 0,

    /// <summary>Where the page offers something else than official mail.</summary>
    Citizens = 1,

    /// <summary>Where the page offers official mail.</summary>
    Officials = 2,
}
