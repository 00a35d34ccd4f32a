namespace Identity.Admin;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = AdminApplication.Build(args);
            await app.StartAsync();
            Console.WriteLine($"Listening on {string.Join(", ", app.Urls)}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception problem) when (OperatorSentence.For(problem) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }
}
