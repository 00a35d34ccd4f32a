using Xunit;

// Faults are injected into processes that all tests share, and time is short on a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
