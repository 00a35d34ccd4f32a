namespace Identity.Hosting.Startup;

/// <summary>Why this node cannot work, as one sentence for the operator who will read it.</summary>
public sealed class StartupException(string sentence) : Exception(sentence);
