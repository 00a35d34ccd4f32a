using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Identity.Tests.Fuzz;

/// <summary>
/// Every reader of foreign input, fed with broken variants of the corpus. Bounded time is bounded work: inputs have a size, and what a
/// call may allocate grows with it and with nothing else. An input that failed once stays in the corpus.
/// </summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int ShortRun = 4_000;

    /// <summary>A hang ends here.</summary>
    private const int Patience = 600_000;

    /// <summary>With <c>IDENTITY_TEST_LONG=1</c>: this long per reader, another seed every time.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Readers => [.. Folders()];

    [Theory(Timeout = Patience), MemberData(nameof(Readers))]
    public async Task J8_J10_R7_O10_Whatever_is_written_gets_a_verdict_in_bounded_memory(string reader)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        await using var scope = provider.Services.CreateAsyncScope();
        var target = FuzzTarget.All(scope.ServiceProvider).Single(t => t.Name == reader);
        var corpus = Directory.GetFiles(Path.Combine(Corpus(), reader)).Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file)).ToList();
        await Task.Run(() => Run(target, corpus));
    }

    [Fact]
    public async Task Every_reader_has_a_corpus_and_every_corpus_a_reader()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        Assert.Equal(Folders(), FuzzTarget.All(provider.Services).Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    private void Run(FuzzTarget target, List<string> corpus)
    {
        // Whole inputs first: they also pay for what is made once.
        foreach (var input in corpus.Concat(corpus)) Check(target, input, "corpus", isMeasured: false);
        foreach (var input in corpus) Check(target, input, "corpus", isMeasured: true);
        if (Environment.GetEnvironmentVariable("IDENTITY_TEST_LONG") != "1")
        {
            var mutator = new Mutator(20_261_122, corpus);
            for (var i = 0; i < ShortRun; i++) Check(target, mutator.Next(), $"input {i} of the fixed seed", isMeasured: true);
            return;
        }
        var seed = Random.Shared.Next();
        output.WriteLine($"{target.Name}: seed {seed}");
        var random = new Mutator(seed, corpus);
        var end = Environment.TickCount64 + (long)LongRun.TotalMilliseconds;
        var count = 0;
        for (; Environment.TickCount64 < end; count++) Check(target, random.Next(), $"input {count} of seed {seed}", isMeasured: true);
        output.WriteLine($"{target.Name}: {count} inputs");
    }

    private static void Check(FuzzTarget target, string input, string origin, bool isMeasured)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
        }
        catch (Exception broken)
        {
            Assert.Fail($"{target.Name}, {origin}: {broken.GetType().Name} {broken.Message}\n{broken.StackTrace}\n{Literal(input)}");
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var allowed = FuzzTarget.FreeBytes + ((long)target.BytesPerCharacter * input.Length);
        if (isMeasured && allocated > allowed) Assert.Fail($"{target.Name}, {origin}: {allocated} bytes for {input.Length} characters, {allowed} allowed\n{Literal(input)}");
    }

    /// <summary>The input so that it can be pasted into a file of the corpus.</summary>
    private static string Literal(string input)
    {
        var text = new StringBuilder();
        foreach (var letter in input.Length > 2_000 ? input[..2_000] : input)
            if (letter is >= ' ' and <= '~') text.Append(letter);
            else text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        return text.ToString();
    }

    private static IEnumerable<string> Folders() => Directory.GetDirectories(Corpus()).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static string Corpus([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "corpus");
}
