namespace Identity.Domain.Delegation;

/// <summary>
/// Asks every connected register now what standings this person has, and stores the answer; false when one could not be reached.
/// Registered by whoever runs the registers; without any, the rows that are there are all there is.
/// </summary>
public delegate Task<bool> AskRegisters(Guid personId, CancellationToken ct);
