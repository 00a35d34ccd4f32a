namespace Identity.Domain.People;

public enum PersonStatus
{
    Active = 0,
    Suspended = 1,
    Closed = 2,
    Deceased = 3,
}
