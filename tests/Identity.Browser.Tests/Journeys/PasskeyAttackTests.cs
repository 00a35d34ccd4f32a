using Identity.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Journeys;

/// <summary>What a real browser and its own device answer, in the hands of somebody else. Every other lie is told by a device in software (Identity.Tests, Factors/PasskeyTests).</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PasskeyAttackTests(Chromium chromium)
{
    private const string Refused = "Chưa kiểm chứng được câu trả lời của máy";

    /// <summary>What the script of the page does, up to the answer.</summary>
    private const string Answer = """
        async options => {
          const answer = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) });
          return JSON.stringify(answer.toJSON());
        }
        """;

    private const string Question = """
        async () => {
          const form = document.querySelector('form[data-passkey]');
          return await (await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) })).text();
        }
        """;

    private const string Send = """
        answer => {
          const form = document.querySelector('form[data-passkey]');
          form.elements.credential.value = answer;
          form.elements.fault.value = '';
          form.submit();
        }
        """;

    [Fact]
    public async Task L15_An_answer_that_was_used_is_worth_nothing_in_another_sign_in()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await WithDeviceAsync(stage);
        var answer = await visitor.Page.EvaluateAsync<string>(Answer, await visitor.Page.EvaluateAsync<string>(Question));
        await visitor.Page.EvaluateAsync(Send, answer);
        await visitor.ArriveAsync(stage.Portal);

        await PasskeyTests.SignOutAsync(visitor);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.Page.EvaluateAsync<string>(Question);
        await IsRefusedAsync(visitor, answer);
    }

    [Fact]
    public async Task L15_A_page_of_another_origin_that_passes_our_question_on_gets_an_answer_that_is_worth_nothing()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await WithDeviceAsync(stage);
        var (here, question) = (visitor.Page.Url, await visitor.Page.EvaluateAsync<string>(Question));
        // Another port of this host may use the same RP ID, as another host of the province's domain could.
        await visitor.OpenAsync(stage.Documents);
        var answer = await visitor.Page.EvaluateAsync<string>(Answer, question);
        await visitor.OpenAsync(here);
        await IsRefusedAsync(visitor, answer);
    }

    [Fact]
    public async Task L15_A_page_that_asks_for_another_RP_ID_gets_no_answer()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await WithDeviceAsync(stage);
        var question = await visitor.Page.EvaluateAsync<string>(Question);
        var refusal = await Assert.ThrowsAsync<PlaywrightException>(() =>
            visitor.Page.EvaluateAsync<string>(Answer, question.Replace("\"rpId\":\"localhost\"", "\"rpId\":\"evil.example\"", StringComparison.Ordinal)));
        Assert.Contains("SecurityError", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L15_A_device_that_did_not_check_its_owner_signs_nobody_in()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await WithDeviceAsync(stage, recognises: false);
        var question = await visitor.Page.EvaluateAsync<string>(Question);
        Assert.Contains("\"userVerification\":\"required\"", question, StringComparison.Ordinal);
        // As a script that somebody has changed would ask.
        var answer = await visitor.Page.EvaluateAsync<string>(Answer, question.Replace("\"required\"", "\"discouraged\"", StringComparison.Ordinal));
        await IsRefusedAsync(visitor, answer);
    }

    [Fact]
    public async Task L15_A_copy_of_the_device_with_an_older_counter_signs_nobody_in()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        var device = await VirtualDevice.PlugInAsync(visitor.Page);
        await PasskeyTests.SetUpAsync(visitor);
        for (var use = 0; use < 2; use++)
        {
            await PasskeyTests.SignOutAsync(visitor);
            await visitor.StartAtAsync(stage.Portal);
            await visitor.PressAsync("form[data-passkey] button");
            await visitor.ArriveAsync(stage.Portal);
        }
        await device.GoBackAsync();
        await PasskeyTests.SignOutAsync(visitor);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.PressAsync("form[data-passkey] button");
        await visitor.ReachAsync(url => url.Contains("choose=", StringComparison.Ordinal));
        Assert.Contains(Refused, await visitor.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>A citizen with a passkey, signed out again, at the page that offers it.</summary>
    private async Task<Visitor> WithDeviceAsync(Stage stage, bool recognises = true)
    {
        var visitor = await chromium.VisitAsync(stage);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        var device = await VirtualDevice.PlugInAsync(visitor.Page);
        await PasskeyTests.SetUpAsync(visitor);
        await device.RecogniseAsync(recognises);
        await PasskeyTests.SignOutAsync(visitor);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ReachAsync("**/login/*");
        return visitor;
    }

    private static async Task IsRefusedAsync(Visitor visitor, string answer)
    {
        await visitor.Page.EvaluateAsync(Send, answer);
        await visitor.ReachAsync(url => url.Contains("choose=", StringComparison.Ordinal));
        Assert.Contains(Refused, await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAtAsync(visitor.Stage.Portal));
    }
}
