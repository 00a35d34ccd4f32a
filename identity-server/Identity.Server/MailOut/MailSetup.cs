using Identity.Domain.Settings;

namespace Identity.Server.MailOut;

public static class MailSetup
{
    public static WebApplicationBuilder AddMailOut(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<MailOptions>(MailOptions.Section)
            .Validate(MailOptions.HasSoundSender, "Mail:From: write the sender's address, for example dangnhap@anbinh.example")
            .Validate(MailOptions.IsEncrypted, "Mail:StartTls: mail leaves this machine encrypted or not at all; only a relay on this machine may do without")
            .Validate(MailOptions.HasPassword, "Mail:PasswordFile: write the path of a file that holds the password of Mail:UserName");
        app.Services.AddSingleton<LetterWriter>().AddSingleton<SmtpRelay>().AddSingleton<MailCourier>();
        app.Services.AddHostedService<MailWorker>();
        return app;
    }
}
