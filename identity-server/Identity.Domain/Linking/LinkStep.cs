namespace Identity.Domain.Linking;

/// <summary>How far the adding of a door has come within one parked request.</summary>
public enum LinkStep
{
    /// <summary>The person has to come through a door they have had before; nothing is added yet.</summary>
    ProveOld = 1,

    /// <summary>Proved in this very request. What comes through the next door is judged together with that proof.</summary>
    AddNew = 2,
}
